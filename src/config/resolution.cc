#include "config/resolution.h"

#include <fmt/format.h>

#include <charconv>

#include "config/mask.h"

namespace sluice::config {
namespace {

using document::Kind;

const Merged* step(const Merged* from, const std::string& key) {
  if (from == nullptr) return nullptr;
  if (const Merged* found = from->find(key)) return found;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  const bool is_index = error == std::errc() && end == key.data() + key.size();
  return is_index && index < from->items.size() ? &from->items[index] : nullptr;
}

class Resolver {
 public:
  explicit Resolver(const Merged& root) : root_(root) {}

  // Recursion is bounded by the documents' depth.
  void read(const Merged& value, const std::string& path, bool is_secret) {
    if (value.kind == Kind::scalar) {
      look(value, path, is_secret);
      return;
    }
    above_.push_back(&value);
    for (const Merged::Entry& entry : value.entries) {
      read(entry.value, (path.empty() ? "" : path + ".") + shortened(entry.key->text, 80),
           is_secret || looks_secret(entry.key->text));
    }
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      read(value.items[i], fmt::format("{}[{}]", path, i), is_secret);
    }
    above_.pop_back();
  }

  std::vector<Resolved> take() { return std::move(found_); }

 private:
  void look(const Merged& value, const std::string& path, bool is_secret) {
    const std::string& text = value.given.value->text;
    const auto& document = **value.given.source->document;
    const bool is_ini = document.format == document::Format::ini;
    if (text.find(is_ini ? '%' : '$') == std::string::npos) return;
    for (Reference& reference : references(text, is_ini)) {
      const Merged* target = target_of(reference);
      if (reference.kind == Reference::Kind::variable || reference.kind == Reference::Kind::other) {
        continue;
      }
      found_.push_back({std::move(reference), &value, target, path, is_secret});
    }
  }

  const Merged* target_of(const Reference& reference) const {
    const Merged* at = &root_;
    if (reference.kind == Reference::Kind::near_key) {
      if (reference.levels > above_.size()) return nullptr;
      at = above_[above_.size() - reference.levels];
    } else if (reference.kind == Reference::Kind::ini_option) {
      const Merged* own = step(above_.back(), reference.keys.front());
      return own != nullptr ? own : step(root_.find("DEFAULT"), reference.keys.front());
    }
    for (const std::string& key : reference.keys) at = step(at, key);
    return at;
  }

  const Merged& root_;
  std::vector<const Merged*> above_;
  std::vector<Resolved> found_;
};

}  // namespace

bool may_hold_references(const Folder& folder) {
  bool may_hold = false;
  for_each_source(folder, [&](const Source& source) {
    const std::string& text = source.file->text;
    may_hold = may_hold || text.find("${") != std::string::npos || text.find("%(") != std::string::npos;
  });
  return may_hold;
}

std::vector<Resolved> resolve_references(const Merged& root) {
  Resolver resolver(root);
  resolver.read(root, "", false);
  return resolver.take();
}

}  // namespace sluice::config
