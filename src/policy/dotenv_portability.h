#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::policy {

/// A line of an env file that its readers take differently.
struct DotenvDifference {
  std::size_t line = 0;    ///< 1-based
  std::size_t start = 0;   ///< bytes in the line: the key, or the value for what is wrong with it
  std::size_t end = 0;
  std::string key;         ///< empty for the file as a whole
  std::string readings;    ///< a clause: `node dotenv cuts it at the #, others keep it`
  std::string form;        ///< a clause: what all agree on
  bool is_about_value = false;
};

/// What node's dotenv, dotenvx, python-dotenv, `docker compose` and a shell (`set -a; . file`) read
/// differently in `text`, at most one a line, in order. See docs/env.md for the forms.
std::vector<DotenvDifference> dotenv_differences(std::string_view text);

}  // namespace sluice::policy
