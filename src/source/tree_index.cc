#include "source/tree_index.h"

#include <algorithm>
#include <utility>

namespace sluice::source {

using git::Oid;
using git::TreeEntry;

namespace {

constexpr std::size_t most_leads = std::size_t{1} << 31;

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

std::span<const TreeIndex::Lead> TreeIndex::leads_of(std::uint32_t tree) const {
  const Place place = places_[tree];
  if (place.count == 0) return {};
  return std::span(readers_[place.reader]->leads_).subspan(place.begin, place.count);
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

Result<std::shared_ptr<const pack::Memory>> TreeIndex::Reader::read(const pack::WalkedObject& object) {
  const std::string_view bytes = object.bytes;
  algorithm_ = object.id.algorithm;
  auto tree = std::make_shared<Memory>();
  tree->size = bytes.size();
  std::size_t at = 0;
  SLUICE_TRY(object.derivation != nullptr ? read_derived(*tree, bytes, *object.derivation)
                                          : read_until(*tree, bytes, at, bytes.size()));
  if (leads_.size() + tree->leads.size() > most_leads) {
    return fail(ErrorKind::limit_exceeded, "there are too many folders to remember");
  }
  if (const auto number = index_.numbers_.of(object)) {
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

}  // namespace sluice::source
