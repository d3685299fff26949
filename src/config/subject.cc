#include "config/subject.h"

#include "base/parallel.h"

namespace sluice::config {

Subject make_subject(const Folder& folder, const Options& options, unsigned jobs) {
  Subject subject{folder, options, merge_rules(folder, options), {}};
  for_each_override(folder, [&](const Source& source, const Source& base) {
    subject.comparisons.push_back({source, base, Pairing()});
  });
  const auto pair = [&](std::size_t at) {
    Comparison& each = subject.comparisons[at];
    each.pairs = Pairing(*each.source.mapping(), *each.base.mapping(), subject.rules);
  };
  base::for_each_in_parallel(subject.comparisons.size(), pair, jobs);
  return subject;
}

}  // namespace sluice::config
