#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "finding/finding.h"
#include "finding/material.h"

namespace sluice {

/// Something that was deliberately not looked at, and why.
struct Skipped {
  std::string what;    ///< path or object id
  std::string reason;  ///< e.g. `larger than --max-blob-size 10 MB`
};

/// An overview of what was looked at, for reports that can show one.
struct Table {
  struct Cell {
    enum class Kind { value, same, hole };
    Kind kind = Kind::value;
    std::string text;  ///< without any secret; as the report's encoding needs it escaped there
  };
  std::string title;
  std::vector<std::string> columns;  ///< the first is the rows' name
  std::vector<std::vector<Cell>> rows;
};

/// What was looked at.
struct Scope {
  std::string kind;         ///< staged, range, ci, history, dir, stdin, message, check, config
  std::string description;  ///< for a person: `range 1a2b3c..4d5e6f`, `3 paths`
  std::vector<std::string> repositories;  ///< as the user named them; empty when it is but one
  std::uint64_t commits = 0;
  std::uint64_t blobs = 0;
  std::uint64_t files = 0;
  std::uint64_t messages = 0;  ///< commit and tag messages
  std::uint64_t bytes = 0;
  double seconds = 0;
  std::vector<Skipped> skipped;
  std::vector<Table> tables;  ///< only where a report that shows them was asked for
};

/// The outcome of a run: everything a report needs, after suppression.
struct Audit {
  Scope scope;
  std::vector<Finding> findings;  ///< sorted; suppressed ones included
  std::vector<Problem> problems;
  std::vector<std::string> notes;  ///< neither finding nor problem: stale suppressions and the like
  int exit_code = 0;               ///< 0 clean, 1 findings, 2 could not do the job
  std::optional<ShardRecord> shard;  ///< set when this is a part of a run
};

}  // namespace sluice
