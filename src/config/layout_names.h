#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/layout.h"

namespace sluice::config {

/// The name of a file that may hold configuration.
struct LayoutEntry {
  std::string path;
  std::string stem;   ///< without folder and extension, as written
  std::string lower;  ///< the same in lower case
};

/// By folder, empty for the top.
using LayoutFolders = std::map<std::string, std::vector<LayoutEntry>, std::less<>>;

/// A name that is a base by itself, beside `<name>_<env>`, `<name>-<env>` or `<name>.<env>`.
struct Stem {
  std::string_view name;
  bool is_surely_merged;  // whether its environments' files never stand alone
  Strategy strategy;
};
inline constexpr std::array<Stem, 11> plain_stems = {{{"config", false, Strategy::deep},
                                              {"conf", false, Strategy::deep},
                                              {"configuration", false, Strategy::deep},
                                              {"app_config", false, Strategy::deep},
                                              {"parameters", false, Strategy::deep},
                                              {"params", false, Strategy::deep},
                                              {"settings", false, Strategy::deep},
                                              {"app", false, Strategy::deep},
                                              {"application", true, Strategy::spring},
                                              {"values", true, Strategy::helm},
                                              {"appsettings", true, Strategy::dotnet}}};

inline constexpr std::array<std::string_view, 4> bare_stems = {"base", "default", "defaults", "common"};

template <class List>
bool contains(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// Adds the groups whose files lie in one folder.
void find_in_folder(const std::string& folder, const std::vector<LayoutEntry>& entries,
                    std::vector<Group>& groups);

/// Adds the groups whose base lies in another folder than its environments.
void find_across_folders(const LayoutFolders& folders, std::vector<Group>& groups);

}  // namespace sluice::config
