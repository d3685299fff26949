#include "config/key_path.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "config/mask.h"
#include "document/scalar.h"

namespace sluice::config {
namespace {

constexpr std::size_t longest_key = 80;
constexpr std::size_t longest_way = 240;

std::string shown(const document::Node& key) {
  if (key.kind == document::Kind::sequence || key.kind == document::Kind::mapping) return "{...}";
  if (key.kind == document::Kind::null && key.text.empty()) return "null";
  return shortened(key.text, longest_key);
}

}  // namespace

bool KeyPath::has_item() const {
  return std::any_of(steps_.begin(), steps_.end(), [](const Step& step) { return step.key == nullptr; });
}

std::string KeyPath::dotted() const {
  std::string way;
  for (const Step& step : steps_) {
    if (way.size() > longest_way) return way + "...";
    if (step.key == nullptr) {
      way += fmt::format("[{}]", step.index);
    } else {
      way += (way.empty() ? "" : ".") + shown(*step.key);
    }
  }
  return way;
}

std::string KeyPath::as_glob_path(std::size_t count) const {
  std::string way;
  for (std::size_t i = 0; i < std::min(count, steps_.size()); ++i) {
    std::string key = steps_[i].key == nullptr ? fmt::format("{}", steps_[i].index)
                                               : shortened(steps_[i].key->text, longest_key);
    std::replace(key.begin(), key.end(), '/', '.');
    way += (i == 0 ? "" : "/") + key;
  }
  return way;
}

std::string KeyPath::identity() const {
  while (identities_.size() < steps_.size()) {
    const Step& step = steps_[identities_.size()];
    const std::string own =
        step.key == nullptr ? fmt::format("[{}]", step.index) : "." + key_identity(*step.key);
    const std::string before = identities_.empty() ? std::string() : identities_.back();
    identities_.push_back(base::to_hex(base::sha256(before + own)));
  }
  return identities_.empty() ? std::string() : identities_.back();
}

bool KeyPath::is_secret() const {
  return std::any_of(steps_.begin(), steps_.end(), [](const Step& step) {
    return step.key != nullptr && looks_secret(step.key->text);
  });
}

}  // namespace sluice::config
