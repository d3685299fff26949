#include "source/tree_index.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace sluice::source {

using git::Attribution;
using git::AttributionResult;
using git::AttributionRoot;
using git::Oid;
using git::TreeEntry;

namespace {

constexpr std::size_t deepest_folder = 4096;
// Trees that hold each other many times over have more paths than anyone can list.
constexpr std::size_t visits_per_root = 64;
constexpr std::size_t visits_for_free = 200'000;
constexpr std::size_t most_leads = std::size_t{1} << 31;

std::uint64_t pair_key(std::uint32_t high, std::uint32_t low) { return std::uint64_t{high} << 32 | low; }

}  // namespace

// A tree as it was read: where its entries start, and which of them lead anywhere.
class TreeIndex::Memory : public pack::Memory {
 public:
  struct PlacedLead {
    std::uint32_t start;
    Lead lead;
    std::string_view name;  // kept by the reader that met it first
    std::uint32_t reader;   // whose number of the name it has
  };

  // Whether an entry starts at `at`, or the tree ends there.
  bool has_start(std::size_t at) const {
    return at == size || std::binary_search(starts.begin(), starts.end(), static_cast<std::uint32_t>(at));
  }

  std::vector<std::uint32_t> starts;
  std::vector<PlacedLead> leads;
  std::size_t size = 0;
};

TreeIndex::TreeIndex(const ObjectNumbers& numbers, const std::vector<Oid>& targets)
    : numbers_(numbers),
      targets_(targets),
      asked_for_(static_cast<std::ptrdiff_t>(targets.size())),
      places_(numbers_.limit()) {
  for (std::uint32_t i = 0; i < targets.size(); ++i) {
    if (const auto number = numbers_.of(targets[i])) target_of_.emplace(*number, i);
  }
}

TreeIndex::~TreeIndex() = default;

std::uint32_t TreeIndex::absent_target(const Oid& id) {
  const std::lock_guard guard(lock_);
  const auto [at, is_new] = absent_.try_emplace(id, static_cast<std::uint32_t>(targets_.size()));
  if (is_new) targets_.push_back(id);
  return at->second;
}

TreeIndex::Reader& TreeIndex::add_reader(Notices notices) {
  const auto number = static_cast<std::uint32_t>(readers_.size());
  readers_.push_back(std::make_unique<Reader>(*this, number, std::move(notices)));
  return *readers_.back();
}

std::uint32_t TreeIndex::Reader::number_of(std::string_view name) {
  const auto known = number_of_name_.find(name);
  if (known != number_of_name_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(names_.size());
  names_.emplace_back(name);
  number_of_name_.emplace(names_.back(), number);
  return number;
}

Result<std::shared_ptr<const pack::Memory>> TreeIndex::Reader::read(const Oid& id,
                                                                    std::string_view bytes,
                                                                    const pack::Derivation* derivation) {
  algorithm_ = id.algorithm;
  auto tree = std::make_shared<Memory>();
  tree->size = bytes.size();
  std::size_t at = 0;
  SLUICE_TRY(derivation != nullptr ? read_derived(*tree, bytes, *derivation)
                                   : read_until(*tree, bytes, at, bytes.size()));
  if (leads_.size() + tree->leads.size() > most_leads) {
    return fail(ErrorKind::limit_exceeded, "there are too many folders to remember");
  }
  if (const auto number = index_.numbers_.of(id)) {
    index_.places_[*number] = {static_cast<std::uint32_t>(leads_.size()),
                               static_cast<std::uint32_t>(tree->leads.size()), number_};
  }
  for (Memory::PlacedLead& placed : tree->leads) {
    if (placed.reader != number_) {
      placed.lead.name = number_of(placed.name);
      placed.reader = number_;
    }
    leads_.push_back(placed.lead);
  }
  return tree;
}

// Reads entries from `at` on until one ends at or behind `end`.
Status TreeIndex::Reader::read_until(Memory& tree, std::string_view bytes, std::size_t& at,
                                     std::size_t end) {
  git::TreeCursor cursor(bytes.substr(at), algorithm_);
  TreeEntry entry;
  while (at < end) {
    SLUICE_TRY(cursor.next(entry));
    note(tree, at, entry);
    at = bytes.size() - cursor.rest().size();
  }
  return {};
}

// An entry that lies wholly in a copied range is one of the base's, provided that one of the base's
// starts where it does: bytes that look like an entry may have been part of a name there.
Status TreeIndex::Reader::read_derived(Memory& tree, std::string_view bytes,
                                       const pack::Derivation& derivation) {
  const auto& base = static_cast<const Memory&>(*derivation.base);
  std::size_t at = 0;
  for (const base::CopiedRange& range : derivation.copied) {
    SLUICE_TRY(read_until(tree, bytes, at, range.begin));
    const std::size_t end = range.begin + range.size;
    while (at < end && !base.has_start(range.from + (at - range.begin))) {
      SLUICE_TRY(read_until(tree, bytes, at, at + 1));
    }
    if (at >= end) continue;
    const std::size_t first = range.from + (at - range.begin);
    const std::size_t last = range.from + range.size;  // of the base
    // Wraps around when entries moved towards the front.
    const auto shift = static_cast<std::uint32_t>(at - first);
    auto start = std::lower_bound(base.starts.begin(), base.starts.end(), first);
    for (; start != base.starts.end(); ++start) {
      const std::size_t next = start + 1 == base.starts.end() ? base.size : *(start + 1);
      if (next > last) break;
      tree.starts.push_back(*start + shift);
      at = static_cast<std::uint32_t>(next) + shift;
    }
    auto lead = std::lower_bound(base.leads.begin(), base.leads.end(), first,
                                 [](const Memory::PlacedLead& one, std::size_t place) { return one.start < place; });
    for (; lead != base.leads.end() && lead->start + shift < at; ++lead) {
      tree.leads.push_back({lead->start + shift, lead->lead, lead->name, lead->reader});
    }
  }
  return read_until(tree, bytes, at, bytes.size());
}

void TreeIndex::Reader::note(Memory& tree, std::size_t start, const TreeEntry& entry) {
  tree.starts.push_back(static_cast<std::uint32_t>(start));
  notices_.name(entry.name);
  const git::FileKind kind = entry.kind();
  if (kind == git::FileKind::submodule) return;
  const auto number = index_.numbers_.of(entry.id);
  std::uint32_t object = 0;
  if (!number) {
    object = index_.absent_target(entry.id) | target_bit;
  } else if (kind == git::FileKind::tree) {
    object = *number;
  } else {
    const auto target = index_.target_of_.find(*number);
    if (target == index_.target_of_.end()) return;
    object = target->second | target_bit;
  }
  const Lead lead{object, number_of(entry.name)};
  tree.leads.push_back({static_cast<std::uint32_t>(start), lead, names_[lead.name], number_});
}

// Follows the leads of one root after the other, each folder at each path once.
class TreeIndex::Follower {
 public:
  Follower(const TreeIndex& index, std::size_t limit)
      : index_(index), left_(limit), seen_paths_(index.targets_.size()), paths_{{0, {}, 0}} {
    std::unordered_map<std::string_view, std::uint32_t> global;
    for (const auto& reader : index.readers_) {
      std::vector<std::uint32_t>& names = names_.emplace_back();
      for (const std::string& name : reader->names_) {
        const auto next = static_cast<std::uint32_t>(texts_.size());
        const auto [at, fresh] = global.emplace(name, next);
        if (fresh) texts_.push_back(name);
        names.push_back(at->second);
      }
    }
  }

  Status follow(std::uint32_t tree, const AttributionRoot& root, AttributionResult& result) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pending = {{tree, 0}};  // folders and their paths
    while (!pending.empty()) {
      const auto [folder, path] = pending.back();
      pending.pop_back();
      const Place place = index_.places_[folder];
      if (place.count == 0 || !visited_.insert(pair_key(folder, path)).second) continue;
      if (left_ == 0) {
        return fail(ErrorKind::limit_exceeded, "too many paths lead to the blobs that are looked for",
                    root.commit.hex());
      }
      --left_;
      const Reader& reader = *index_.readers_[place.reader];
      for (std::uint32_t i = place.count; i-- > 0;) {
        const Lead lead = reader.leads_[place.begin + i];
        SLUICE_TRY_ASSIGN(const std::uint32_t below, path_to(path, names_[place.reader][lead.name]));
        if ((lead.object & target_bit) != 0) {
          note(lead.object & ~target_bit, below, root, result);
        } else {
          pending.emplace_back(lead.object, below);
        }
      }
    }
    return {};
  }

 private:
  struct Path {
    std::uint32_t folder;
    std::string_view name;
    std::uint32_t depth;
  };

  Result<std::uint32_t> path_to(std::uint32_t folder, std::uint32_t name) {
    const auto next = static_cast<std::uint32_t>(paths_.size());
    const auto [at, fresh] = path_of_.emplace(pair_key(folder, name), next);
    if (fresh) {
      const std::uint32_t depth = paths_[folder].depth + 1;
      if (depth > deepest_folder) return fail(ErrorKind::limit_exceeded, "folders are nested too deeply");
      paths_.push_back({folder, texts_[name], depth});
    }
    return at->second;
  }

  std::string text_of(std::uint32_t path) const {
    std::vector<std::string_view> names;
    for (; path != 0; path = paths_[path].folder) names.push_back(paths_[path].name);
    std::string text;
    for (auto name = names.rbegin(); name != names.rend(); ++name) {
      if (!text.empty()) text += '/';
      text += *name;
    }
    return text;
  }

  void note(std::uint32_t target, std::uint32_t path, const AttributionRoot& root,
            AttributionResult& result) {
    if (!seen_paths_[target].insert(path).second) return;
    const auto [blob, is_first] = result.blobs.try_emplace(index_.targets_[target]);
    Attribution& attribution = blob->second;
    if (is_first) {
      attribution.commit = root.commit;
    }
    attribution.paths.push_back(text_of(path));
  }

  const TreeIndex& index_;
  std::size_t left_;
  std::vector<std::unordered_set<std::uint32_t>> seen_paths_;  // by target
  std::vector<std::vector<std::uint32_t>> names_;              // by reader, then by its number of a name
  std::vector<std::string_view> texts_;
  std::vector<Path> paths_;
  std::unordered_map<std::uint64_t, std::uint32_t> path_of_;  // folder and name
  std::unordered_set<std::uint64_t> visited_;                 // tree and path
};

Result<AttributionResult> TreeIndex::attribute(const std::vector<AttributionRoot>& roots) const {
  AttributionResult result;
  if (targets_.empty()) return result;
  Follower follower(*this, roots.size() * visits_per_root + visits_for_free);
  for (const AttributionRoot& root : roots) {
    const auto tree = numbers_.of(root.tree);
    if (!tree) continue;  // absent: the check of references says so
    if (const Status status = follower.follow(*tree, root, result); !status) {
      result.problems.push_back(status.error());
      break;
    }
  }
  return result;
}

}  // namespace sluice::source
