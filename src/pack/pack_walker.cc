#include "pack/pack_walker.h"

#include <tuple>
#include <utility>

namespace sluice::pack {
namespace {

// Fewer objects are not worth waking another thread for.
constexpr std::uint32_t least_shared = 16;

EntryPlace place_of(const Forest& forest, std::uint32_t entry) {
  return {&forest.pack(), forest.offset(entry), forest.bytes(entry)};
}

bool has_work_below(const Forest& forest, std::uint32_t entry) {
  return forest.weight(entry) > (forest.is_wanted(entry) ? 1U : 0U);
}

}  // namespace

PackWalker::PackWalker(const ObjectStore& store, const WalkOptions& options, WalkVisitor& visitor)
    : store_(store),
      options_(options),
      visitor_(visitor),
      decoder_(options.max_object_size),
      reader_(store, {options.max_object_size, true}) {}

void PackWalker::walk_pack(PackWalk& pack) {
  const std::vector<std::uint32_t>& roots = pack.forest.roots();
  const std::vector<std::uint32_t>& unreachable = pack.forest.unreachable();
  for (auto [at, end] = pack.queue.next_run(); at != end && goes_on(pack);
       std::tie(at, end) = pack.queue.next_run()) {
    for (; at != end && goes_on(pack); ++at) {
      if (at < roots.size()) {
        walk_root(pack, roots[at]);
      } else {
        report_unreachable(pack, unreachable[at - roots.size()]);
      }
    }
  }
  while (std::optional<Branch> branch = pack.queue.take()) {
    if (goes_on(pack)) walk_branch(pack, std::move(*branch));
  }
}

void PackWalker::walk_root(PackWalk& pack, std::uint32_t root) {
  if (can_skip(pack, root) || is_done_in_pieces(pack, root)) return;
  Branch branch = make(pack, root, nullptr);
  visit(pack, branch, nullptr);
  walk_branch(pack, std::move(branch));
}

// True when the whole family is of a kind that was not asked for. What cannot be parsed is not
// skipped: it has to be reported.
bool PackWalker::can_skip(const PackWalk& pack, std::uint32_t root) const {
  const auto header = parse_entry(place_of(pack.forest, root));
  return header && !header->is_delta() && !options_.kinds.holds(header->kind());
}

// Whatever is wrong with the entry is found, and told, when it is made as a whole.
bool PackWalker::is_done_in_pieces(const PackWalk& pack, std::uint32_t root) {
  if (options_.verify_names || has_work_below(pack.forest, root) || !pack.forest.is_wanted(root)) return false;
  const EntryPlace place = place_of(pack.forest, root);
  const auto header = parse_entry(place);
  if (!header || header->type != EntryType::blob) return false;
  if (header->size < options_.least_in_pieces || header->size > options_.max_object_size) return false;
  const PackIndex& index = pack.forest.pack().index();
  if (!index.has_checksums() || crc32(place.bytes) != index.checksum(pack.forest.position(root))) return false;
  EntryPieces pieces(place.bytes.substr(header->length), header->size);
  return visitor_.blob_in_pieces(pack.forest.id(root), pieces);
}

void PackWalker::walk_branch(PackWalk& pack, Branch branch) {
  path_.clear();
  settle(pack, std::move(branch));
  while (!path_.empty() && goes_on(pack)) {
    if (pack.queue.is_wanting()) share(pack);
    step(pack);
  }
}

// Makes and visits the innermost branch's next child.
void PackWalker::step(PackWalk& pack) {
  Branch& parent = path_.back();
  const std::uint32_t child = pack.forest.children(parent.entry)[parent.next_child++];
  const bool is_last = parent.next_child == parent.end_child;
  const bool is_needed = pack.forest.weight(child) != 0;
  // The base itself may go before its last child is visited; what is remembered of it may not.
  const std::shared_ptr<const Memory> base = parent.memory;
  const Derivation derivation{base.get(), parent.content ? parent.content->bytes.size() : 0, {}};
  Branch made;
  if (is_needed) made = make(pack, child, &parent);
  if (is_last) {
    recycle(std::move(parent));
    path_.pop_back();
  }
  if (!is_needed) return;
  visit(pack, made, base && is_derived_ ? &derivation : nullptr);
  const bool is_shared =
      !path_.empty() && pack.queue.is_wanting() && pack.forest.weight(child) >= least_shared;
  if (is_shared) {
    pack.queue.offer(std::move(made));
  } else {
    settle(pack, std::move(made));
  }
}

// Offers half of the children of a branch that has many left, with a copy of the base: of the
// outermost, for that is likely to be most.
void PackWalker::share(PackWalk& pack) {
  for (Branch& branch : path_) {
    const std::uint32_t left = branch.end_child - branch.next_child;
    if (left < least_shared || !branch.content) continue;
    const std::uint32_t middle = branch.end_child - left / 2;
    pack.queue.offer({branch.entry, middle, branch.end_child, copy_of(*branch.content),
                      branch.memory});
    branch.end_child = middle;
    return;
  }
}

// Goes down into `branch`, if anything is to be done there.
void PackWalker::settle(const PackWalk& pack, Branch branch) {
  if (has_work_below(pack.forest, branch.entry)) {
    path_.push_back(std::move(branch));
  } else {
    recycle(std::move(branch));
  }
}

void PackWalker::recycle(Branch branch) {
  if (branch.content) decoder_.recycle(std::move(branch.content->bytes));
}

void PackWalker::report_unreachable(PackWalk& pack, std::uint32_t entry) {
  Branch branch{entry, 0, 0,
                rescue(pack, entry,
                       {ErrorKind::corrupt, "the deltas that make the object form a loop",
                        pack.forest.pack().path(), "run `git fsck`"}),
                {}};
  visit(pack, branch, nullptr);
  recycle(std::move(branch));
}

// Makes the object of `entry`, which is a root unless it has a `parent`. When that fails, and there
// is no other copy of it, it is reported.
Branch PackWalker::make(const PackWalk& pack, std::uint32_t entry, const Branch* parent) {
  const auto children = static_cast<std::uint32_t>(pack.forest.children(entry).size());
  is_derived_ = false;
  Result<ObjectContent> content = decode(pack, entry, parent);
  if (content) return {entry, 0, children, std::move(*content), {}};
  Error error = std::move(content.error());
  if (error.where.empty()) error.where = pack.forest.pack().path();
  return {entry, 0, children, rescue(pack, entry, std::move(error)), {}};
}

Result<ObjectContent> PackWalker::decode(const PackWalk& pack, std::uint32_t entry,
                                         const Branch* parent) {
  if (parent != nullptr && !parent->content)
    return fail(ErrorKind::corrupt, "the object that the pack entry is a delta against is damaged");
  const PackIndex& index = pack.forest.pack().index();
  const EntryPlace place = place_of(pack.forest, entry);
  const std::uint32_t position = pack.forest.position(entry);
  if (index.has_checksums() && crc32(place.bytes) != index.checksum(position))
    return fail(ErrorKind::corrupt, "the pack entry does not match its checksum");
  SLUICE_TRY_ASSIGN(const EntryHeader header, parse_entry(place));
  ObjectContent content;
  if (!header.is_delta()) {
    content.kind = header.kind();
    SLUICE_TRY_ASSIGN(content.bytes, decoder_.inflate_object(place, header));
  } else if (parent != nullptr) {
    const bool is_asked_for = parent->memory != nullptr;
    SLUICE_TRY_ASSIGN(content, apply_delta(place, header, *parent->content,
                                           is_asked_for ? &copied_ : nullptr));
    is_derived_ = is_asked_for;
  } else {
    SLUICE_TRY_ASSIGN(const ObjectContent base, read_external_base(header));
    SLUICE_TRY_ASSIGN(content, apply_delta(place, header, base, nullptr));
  }
  const bool verify_name = options_.verify_names || !index.has_checksums();
  if (verify_name && pack.forest.is_wanted(entry) &&
      hash_object(index.algorithm(), content.kind, content.bytes.view()) != index.id(position))
    return fail(ErrorKind::corrupt, "the object's content does not match its name");
  return content;
}

Result<ObjectContent> PackWalker::apply_delta(const EntryPlace& place, const EntryHeader& header,
                                              const ObjectContent& base,
                                              std::vector<base::CopiedRange>* copied) {
  SLUICE_TRY_ASSIGN(Buffer bytes, decoder_.apply_delta(place, header, base.bytes.view(), copied));
  return ObjectContent{base.kind, std::move(bytes)};
}

// The base of a delta that is a root of the forest: Git writes no such packs to disk, but where the
// base is in another pack, or loose, the object is there all the same.
Result<ObjectContent> PackWalker::read_external_base(const EntryHeader& header) {
  if (header.type == EntryType::offset_delta)
    return fail(ErrorKind::corrupt, "the pack entry is a delta against none of the pack's entries");
  return reader_.read(ObjectId::from_raw(store_.algorithm(), header.base_name.data()));
}

// The object from another place, when there is one; else `error` is reported.
std::optional<ObjectContent> PackWalker::rescue(const PackWalk& pack, std::uint32_t entry,
                                                Error error) {
  is_derived_ = false;
  const ObjectId id = pack.forest.id(entry);
  Result<ObjectContent> other = reader_.read_elsewhere(id, pack.number);
  if (other) return std::move(*other);
  if (!pack.forest.is_wanted(entry)) return std::nullopt;  // where it is wanted, it is reported
  error.what +=
      " (object " + id.hex() + ", offset " + std::to_string(pack.forest.offset(entry)) + ")";
  visitor_.problem(&id, error);
  return std::nullopt;
}

void PackWalker::visit(const PackWalk& pack, Branch& branch, const Derivation* derivation) {
  if (!branch.content || !pack.forest.is_wanted(branch.entry)) return;
  if (!options_.kinds.holds(branch.content->kind)) return;
  const ObjectId id = pack.forest.id(branch.entry);
  std::optional<Derivation> made;
  if (derivation != nullptr) made = Derivation{derivation->base, derivation->base_size, copied_};
  const bool is_base = has_work_below(pack.forest, branch.entry);
  const PackedObject at{static_cast<std::uint32_t>(pack.number), pack.forest.position(branch.entry)};
  auto memory = visitor_.object(
      {id, branch.content->kind, branch.content->bytes.view(), made ? &*made : nullptr, is_base, at});
  if (is_base) branch.memory = std::move(memory);
}

void PackWalker::visit_loose(const LooseObject& loose) {
  const Result<ObjectContent> content = reader_.read(loose.id);
  if (!content) {
    visitor_.problem(&loose.id, content.error());
  } else if (options_.kinds.holds(content->kind)) {
    (void)visitor_.object({loose.id, content->kind, content->bytes.view()});
  }
}

}  // namespace sluice::pack
