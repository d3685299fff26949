#pragma once

#include <string_view>
#include <vector>

#include "app/collector.h"
#include "decode/encoded_run.h"
#include "inside/looker.h"

namespace sluice::app {

/// What hides in those of `runs` of `text` that are known to hold something. Limits that end the look become
/// problems of `consumer`.
std::vector<inside::HiddenMatch> hidden_in_runs(inside::Looker& looker, std::string_view text,
                                                const decode::EncodedRuns& runs, const source::Item& item,
                                                source::ItemConsumer& consumer);

/// The hits of `text`, the bytes of `item`: those that stand in it, with those hidden in its runs. What hides
/// where a match that is as sure stands is left to that one. Those that only a whole run is known to hold
/// have an item of their own each, as they share their place.
std::vector<HitItem> hits_in_text(const source::Item& item, std::string_view text,
                                  std::vector<scan::Match> matches, std::vector<inside::HiddenMatch> hidden);

/// Adds what the container that `item` is holds to `found`, its raw bytes' hits. A secret that stands in both is
/// told once: by its cell in a notebook, whose lines are those of the file, else by its entry.
void add_container_hits(inside::Looker& looker, const source::Item& item, std::vector<HitItem>& found,
                        source::ItemConsumer& consumer);

/// Whether something stands or hides in `bytes` that could be found at some path; true of every container
/// and of pointers of Git LFS.
bool could_hold_hits(const scan::Scanner& scanner, std::string_view bytes);

}  // namespace sluice::app
