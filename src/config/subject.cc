#include "config/subject.h"

namespace sluice::config {

Subject make_subject(const Folder& folder, const Options& options) {
  Subject subject{folder, options, {}};
  for_each_override(folder, [&](const Source& source, const Source& base) {
    subject.comparisons.push_back({source, base, Pairing(*source.mapping(), *base.mapping())});
  });
  return subject;
}

}  // namespace sluice::config
