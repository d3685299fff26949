#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "config/check.h"

namespace sluice::config {

struct FixOptions {
  bool redundant = false;  ///< takes out overrides that say what the base says (CFG010), too
};

/// A file with its mistakes mended.
struct FixedFile {
  std::string path;
  std::string text;
  std::vector<std::string> changes;  ///< for a person, with line: `12: weight_decay: 1.0e-5 for 1e-5`
};

/// Mends in YAML files what has one safe answer: a number that only YAML 1.2 takes for one is respelled
/// for both (CFG014); what the base has as a text is put in quotes (CFG002); a key that comes again with
/// an equal value is taken out (CFG004). Comments and layout stay. A file whose mended text would not
/// read as intended is left alone. Only changed files are returned; values of keys that look like a
/// secret's are not told in `changes`.
std::vector<FixedFile> fixed(const std::vector<File>& files, const Options& options,
                             const FixOptions& fix);

}  // namespace sluice::config
