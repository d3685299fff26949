#pragma once

#include <map>
#include <string>
#include <vector>

namespace sluice::secrets {

/// The versions in which secrets were read, by reference without its key; those alone whose service
/// tells one.
using Versions = std::map<std::string, std::string>;

/// Tells a rotation from a late reply: the copies of a service agree only after a while, so that
/// just after a promotion one read may give the new version and the next one the old one again.
class VersionHistory {
 public:
  /// Whether what was read is to be used. It is, unless a secret is back in a version that it has
  /// left; that is believed when the next look says the same, since a rotation may be taken back.
  bool believes(const Versions& found);

 private:
  Versions current_;
  Versions doubted_;
  std::map<std::string, std::vector<std::string>> left_;  // versions, by reference; the latest last
};

}  // namespace sluice::secrets
