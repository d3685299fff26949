#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session.h"

namespace sluice::app {

/// What the command line of `history` says beyond the common options.
struct HistoryArguments {
  bool reachable = false;
  std::string engine = "fast";
  std::string shard;                        ///< `I/N`; empty: the whole history
  std::vector<std::string> repositories;
  std::optional<std::string> list;          ///< --repos
  std::optional<std::string> resume;        ///< --resume
  std::optional<std::string> cache;         ///< --cache

  bool is_about_many() const { return !repositories.empty() || list || resume; }

  /// Takes over what concerns a session's sources.
  void apply_to(Session& session) const {
    session.source_options().reachable_only = reachable;
    if (engine == "simple") session.source_options().engine = source::Engine::simple;
  }
};

/// `history` over several repositories; the exit code.
int audit_listed(const HistoryArguments& arguments, const Options& options);

}  // namespace sluice::app
