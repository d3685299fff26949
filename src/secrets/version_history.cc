#include "secrets/version_history.h"

#include <algorithm>

namespace sluice::secrets {
namespace {

constexpr std::size_t most_kept = 16;

}  // namespace

bool VersionHistory::believes(const Versions& found) {
  const bool is_back = std::any_of(found.begin(), found.end(), [this](const auto& one) {
    const std::vector<std::string>& left = left_[one.first];
    return std::find(left.begin(), left.end(), one.second) != left.end();
  });
  if (is_back && found != doubted_) {
    doubted_ = found;
    return false;
  }
  doubted_.clear();
  for (const auto& [reference, version] : found) {
    std::vector<std::string>& left = left_[reference];
    std::erase(left, version);
    const std::string& before = current_[reference];
    if (!before.empty() && before != version) left.push_back(before);
    if (left.size() > most_kept) left.erase(left.begin());
    current_[reference] = version;
  }
  return true;
}

}  // namespace sluice::secrets
