#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "base/copied_range.h"
#include "decode/encoded_run.h"

namespace sluice::decode {

/// Whether a secret hides in a run of a text. Must depend on the run's bytes only.
using HoldsSecret = std::function<bool(std::string_view text, const EncodedRun& run)>;

/// The encoded runs of `text`, each looked into once.
EncodedRuns search_runs(std::string_view text, const HoldsSecret& holds_secret);

/// The same for a text of which `copied`, in ascending order, are parts of a base of `base_size` bytes with
/// the runs `base`: only what is new is looked at.
EncodedRuns search_changed_runs(std::string_view text, std::span<const base::CopiedRange> copied,
                                const EncodedRuns& base, std::size_t base_size,
                                const HoldsSecret& holds_secret);

}  // namespace sluice::decode
