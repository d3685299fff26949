#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "finding/level.h"

namespace sluice::app {

/// What the options common to every command say.
struct Options {
  std::string directory = ".";            ///< -C
  std::vector<std::string> formats;       ///< -f, in order
  std::vector<std::string> outputs;       ///< -o, in order: FILE or FORMAT=FILE
  std::optional<std::string> policy_file; ///< -c
  std::optional<std::string> baseline;    ///< -b
  bool redact = true;
  bool verbose = false;
  bool quiet = false;
  bool color = true;                      ///< false after --no-color; NO_COLOR and the terminal decide too
  unsigned jobs = 0;                      ///< 0: one per core
  int exit_code = 1;                      ///< for findings
  std::optional<Severity> fail_on;        ///< --fail-on; Gate says what none means
  std::string since;                      ///< findings of commits before it do not count
  std::string max_blob_size;              ///< `10M`; empty: the policy's, else no limit
  std::vector<std::string> enable;
  std::vector<std::string> disable;
  Severity least_severity = Severity::low;
  std::optional<Confidence> least_confidence;  ///< none: what the command takes for itself
  std::vector<std::string> command;            ///< of `run`: what stands behind `--`
};

}  // namespace sluice::app
