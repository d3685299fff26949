#include "pack/object_reader.h"

#include <utility>

namespace sluice::pack {
namespace {

constexpr std::size_t longest_chain = 10'000;  // Git makes none of more than 4,095

EntryPlace place_in(const PackFile& pack, std::uint64_t offset) {
  return {&pack, offset, pack.entries().substr(offset)};
}

tl::unexpected<Error> not_found(const ObjectId& id) {
  return fail(
      ErrorKind::not_found, "the object " + id.hex() + " is absent", {},
      "a shallow or partial clone lacks objects; `git fetch --unshallow --refetch` gets them");
}

}  // namespace

ObjectReader::ObjectReader(const ObjectStore& store, const ReaderOptions& options)
    : store_(store), options_(options), decoder_(options.max_object_size) {}

Result<ObjectContent> ObjectReader::read(const ObjectId& id) { return read_any(id, no_pack); }

Result<ObjectContent> ObjectReader::read_elsewhere(const ObjectId& id, std::size_t pack) {
  return read_any(id, pack);
}

Result<ObjectContent> ObjectReader::read_any(const ObjectId& id, std::size_t except) {
  std::optional<Error> first_error;
  for (auto at = store_.find_packed(id); at; at = store_.find_packed(id, at->pack + 1)) {
    if (at->pack == except) continue;
    Result<ObjectContent> content = read_packed(*at);
    Status status;
    if (content) status = verify(id, *content);
    if (content && status) return content;
    if (!first_error) {
      first_error = content ? std::move(status.error()) : std::move(content.error());
      if (first_error->where.empty()) first_error->where = store_.packs()[at->pack].path();
    }
  }
  Result<ObjectContent> content = read_loose_copies(id);
  if (!content && first_error) return tl::unexpected<Error>(std::move(*first_error));
  return content;
}

Result<ObjectContent> ObjectReader::read_loose_copies(const ObjectId& id) {
  Result<ObjectContent> first = not_found(id);
  bool is_first = true;
  for (const LooseObject& loose : store_.find_loose(id)) {
    Result<ObjectContent> content = read_loose(store_.directories()[loose.directory], id,
                                               options_.max_object_size, decoder_.inflater());
    if (content) return content;
    if (std::exchange(is_first, false)) first = std::move(content);
  }
  return first;
}

Result<ObjectContent> ObjectReader::read_packed(PackedObject at) {
  std::vector<Link> chain;
  SLUICE_TRY_ASSIGN(Start start, find_start(place_at(at), chain));
  EntryPlace place = start.place;
  ObjectContent content = std::move(start.content);
  while (!chain.empty()) {
    const Link& link = chain.back();
    SLUICE_TRY_ASSIGN(Buffer made,
                      decoder_.apply_delta(link.place, link.header, content.bytes.view()));
    const ObjectKind kind = content.kind;
    if (place.pack != nullptr && content.bytes.size() <= largest_cached) {
      slot(place) = {place.pack, place.offset, std::move(content)};
    } else {
      decoder_.recycle(std::move(content.bytes));
    }
    content = {kind, std::move(made)};
    place = link.place;
    chain.pop_back();
  }
  return content;
}

// Follows the bases from `place` to an object that can be had at once; `chain` gets the deltas
// between.
Result<ObjectReader::Start> ObjectReader::find_start(EntryPlace place, std::vector<Link>& chain) {
  while (chain.size() <= longest_chain) {
    CachedBase& cached = slot(place);
    if (cached.pack == place.pack && cached.offset == place.offset)
      return Start{place, copy_of(cached.content)};
    SLUICE_TRY_ASSIGN(const EntryHeader header, parse_entry(place));
    if (!header.is_delta()) {
      SLUICE_TRY_ASSIGN(Buffer bytes, decoder_.inflate_object(place, header));
      return Start{place, {header.kind(), std::move(bytes)}};
    }
    chain.push_back({place, header});
    if (const std::optional<EntryPlace> base = find_base(chain.back())) {
      place = *base;
      continue;
    }
    const ObjectId id = ObjectId::from_raw(store_.algorithm(), header.base_name.data());
    SLUICE_TRY_ASSIGN(ObjectContent content, read_loose_copies(id));
    return Start{{}, std::move(content)};
  }
  return fail(ErrorKind::corrupt, "the deltas that make the object form a loop, or are too many");
}

std::optional<EntryPlace> ObjectReader::find_base(const Link& link) const {
  const PackFile& pack = *link.place.pack;
  if (link.header.type == EntryType::offset_delta) return place_in(pack, link.header.base_offset);
  if (const auto position = pack.index().find(link.header.base_name))
    return place_in(pack, pack.index().offset(*position));
  const ObjectId id = ObjectId::from_raw(store_.algorithm(), link.header.base_name.data());
  if (const auto at = store_.find_packed(id)) return place_at(*at);
  return std::nullopt;
}

Status ObjectReader::verify(const ObjectId& id, const ObjectContent& content) const {
  if (!options_.verify_names) return {};
  if (hash_object(id.algorithm, content.kind, content.bytes.view()) == id) return {};
  return fail(ErrorKind::corrupt, "the object's content does not match its name " + id.hex());
}

EntryPlace ObjectReader::place_at(PackedObject at) const {
  const PackFile& pack = store_.packs()[at.pack];
  return place_in(pack, pack.index().offset(at.position));
}

ObjectReader::CachedBase& ObjectReader::slot(const EntryPlace& place) {
  return cache_[(place.offset * 0x9e3779b97f4a7c15U) >> 58];
}

}  // namespace sluice::pack
