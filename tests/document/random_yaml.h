#pragma once

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace sluice::document {

/// How many cases a differential test tries: SLUICE_DIFFERENTIAL (make differential), else `usual`.
inline int differential_count(int usual) {
  const char* wanted = std::getenv("SLUICE_DIFFERENTIAL");
  return wanted != nullptr ? std::atoi(wanted) : usual;
}

/// A text of random pieces: mostly small valid documents, with enough wrong ones among them.
inline std::string random_yaml(std::mt19937& random, const std::vector<std::string>& starts,
                               const std::vector<std::string>& scalars) {
  const auto pick = [&](const std::vector<std::string>& from) {
    return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random)];
  };
  const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
  std::string text = chance(10) ? "--- # start\n" : "";
  const bool list = chance(25);
  for (unsigned i = 1 + random() % 4; i > 0; --i) {
    text += (list ? "- " : pick(starts)) + (chance(25) ? "\n  c: " : "") + pick(scalars);
    if (chance(20)) text += "\n  d: " + pick(scalars);
    text += chance(10) ? "\n\n# comment\n" : chance(5) ? "\r\n" : "\n";
  }
  if (chance(4)) text += "---\nz: 1\n";
  return text;
}

}  // namespace sluice::document
