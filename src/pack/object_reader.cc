#include "pack/object_reader.h"

#include <utility>

#include "pack/whole_file.h"

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

tl::unexpected<Error> too_deep() {
  return fail(ErrorKind::corrupt, "the deltas that make the object form a loop, or are too many");
}

// The second of the two numbers that a delta starts with (gitformat-pack): the size it makes.
std::optional<std::uint64_t> second_size(std::string_view steps) {
  std::uint64_t size = 0;
  std::size_t at = 0;
  for (int number = 0; number < 2; ++number) {
    size = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (at == steps.size() || shift > 56) return std::nullopt;
      const auto byte = static_cast<unsigned char>(steps[at++]);
      size |= std::uint64_t{byte & 0x7fU} << shift;
      if ((byte & 0x80) == 0) break;
    }
  }
  return size;
}

}  // namespace

ObjectReader::ObjectReader(const ObjectFinder& finder, const ReaderOptions& options)
    : finder_(finder), options_(options), decoder_(options.max_object_size) {}

Result<ObjectContent> ObjectReader::read(const ObjectId& id) { return read_any(id, no_pack); }

Result<ObjectContent> ObjectReader::read_elsewhere(const ObjectId& id, std::size_t pack) {
  return read_any(id, pack);
}

Result<ObjectContent> ObjectReader::read_entry(const ObjectId& id, const PackedEntry& entry) {
  Result<ObjectContent> content = read_packed(place_in(*entry.pack, entry.offset));
  if (content) {
    Status status = verify(id, *content);
    if (!status) content = tl::unexpected<Error>(std::move(status.error()));
  }
  if (!content && content.error().where.empty()) content.error().where = entry.pack->path();
  return content;
}

Result<ObjectContent> ObjectReader::read_any(const ObjectId& id, std::size_t except) {
  std::optional<Error> first_error;
  const std::optional<PackedEntry> first = finder_.find_entry(id);
  if (first && first->number != except) {
    Result<ObjectContent> content = read_entry(id, *first);
    if (content) return content;
    first_error = std::move(content.error());
  }
  for (const PackedEntry& entry : first ? finder_.find_entries(id) : std::vector<PackedEntry>()) {
    if (entry.number == except || entry.number == first->number) continue;
    Result<ObjectContent> content = read_entry(id, entry);
    if (content) return content;
    if (!first_error) first_error = std::move(content.error());
  }
  Result<ObjectContent> content = read_loose_copies(id);
  if (!content && first_error) return tl::unexpected<Error>(std::move(*first_error));
  return content;
}

Result<ObjectContent> ObjectReader::read_loose_copies(const ObjectId& id) {
  Result<ObjectContent> first = not_found(id);
  for (const std::uint32_t number : finder_.loose_directories(id)) {
    Result<ObjectContent> content = read_loose(finder_.directories()[number], id,
                                               options_.max_object_size, decoder_.inflater());
    if (content) return content;
    if (first.error().kind == ErrorKind::not_found && content.error().kind != ErrorKind::not_found)
      first = std::move(content);
  }
  return first;
}

Result<ObjectContent> ObjectReader::read_packed(EntryPlace place) {
  std::vector<Link> chain;
  SLUICE_TRY_ASSIGN(Start start, find_start(place, chain));
  place = start.place;
  ObjectContent content = std::move(start.content);
  const std::size_t largest_cached = options_.cache_bytes >> options_.cache_bits;
  while (!chain.empty()) {
    const Link& link = chain.back();
    SLUICE_TRY_ASSIGN(Buffer made,
                      decoder_.apply_delta(link.place, link.header, content.bytes.view()));
    const ObjectKind kind = content.kind;
    if (place.pack != nullptr && content.bytes.size() <= largest_cached) {
      std::swap(slot(place).content, content);
      slot(place).pack = place.pack;
      slot(place).offset = place.offset;
    }
    decoder_.recycle(std::move(content.bytes));
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
    if (cached.pack == place.pack && cached.offset == place.offset) {
      // On the way to another object it will be put back; asked for itself, it must stay.
      if (chain.empty()) return Start{place, copy_of(cached.content)};
      cached.pack = nullptr;
      return Start{place, std::move(cached.content)};
    }
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
    const ObjectId id = ObjectId::from_raw(finder_.algorithm(), header.base_name.data());
    SLUICE_TRY_ASSIGN(ObjectContent content, read_loose_copies(id));
    return Start{{}, std::move(content)};
  }
  return too_deep();
}

std::optional<EntryPlace> ObjectReader::find_base(const Link& link) const {
  const PackFile& pack = *link.place.pack;
  if (link.header.type == EntryType::offset_delta) return place_in(pack, link.header.base_offset);
  if (const auto offset = pack.find_entry(link.header.base_name)) return place_in(pack, *offset);
  const ObjectId id = ObjectId::from_raw(finder_.algorithm(), link.header.base_name.data());
  if (const auto entry = finder_.find_entry(id)) return place_in(*entry->pack, entry->offset);
  return std::nullopt;
}

Result<ObjectHeader> ObjectReader::header(const ObjectId& id) {
  const std::optional<PackedEntry> entry = finder_.find_entry(id);
  if (!entry) return loose_header(id);
  Result<ObjectHeader> header = packed_header(place_in(*entry->pack, entry->offset));
  if (header) return header;
  // Damaged: another copy may not be.
  Result<ObjectContent> content = read(id);
  if (!content) return tl::unexpected<Error>(std::move(content.error()));
  return ObjectHeader{content->kind, content->bytes.size()};
}

Result<ObjectHeader> ObjectReader::packed_header(EntryPlace place) {
  std::optional<std::uint64_t> size;
  for (std::size_t depth = 0; depth <= longest_chain; ++depth) {
    SLUICE_TRY_ASSIGN(const EntryHeader header, parse_entry(place));
    if (!header.is_delta()) return ObjectHeader{header.kind(), size.value_or(header.size)};
    const Link link{place, header};
    if (!size) {
      SLUICE_TRY_ASSIGN(size, delta_result_size(link));
    }
    const std::optional<EntryPlace> base = find_base(link);
    if (!base) {
      const ObjectId id = ObjectId::from_raw(finder_.algorithm(), header.base_name.data());
      SLUICE_TRY_ASSIGN(const ObjectHeader loose, loose_header(id));
      return ObjectHeader{loose.kind, *size};
    }
    place = *base;
  }
  return too_deep();
}

Result<std::uint64_t> ObjectReader::delta_result_size(const Link& link) {
  SLUICE_TRY_ASSIGN(Buffer steps, decoder_.inflate_object(link.place, link.header));
  const std::optional<std::uint64_t> size = second_size(steps.view());
  decoder_.recycle(std::move(steps));
  if (!size) return fail(ErrorKind::corrupt, "the delta is cut short");
  return *size;
}

Result<ObjectHeader> ObjectReader::loose_header(const ObjectId& id) {
  Result<ObjectHeader> first = not_found(id);
  for (const std::uint32_t number : finder_.loose_directories(id)) {
    const std::string path = loose_path(finder_.directories()[number], id);
    const Result<WholeFile> file = WholeFile::open(path);
    Result<ObjectHeader> header = file ? peek_loose(file->bytes(), decoder_.inflater())
                                       : Result<ObjectHeader>(tl::unexpected<Error>(file.error()));
    if (header) return header;
    if (first.error().kind == ErrorKind::not_found && header.error().kind != ErrorKind::not_found)
      first = std::move(header);
  }
  return first;
}

Status ObjectReader::verify(const ObjectId& id, const ObjectContent& content) const {
  if (!options_.verify_names) return {};
  if (hash_object(id.algorithm, content.kind, content.bytes.view()) == id) return {};
  return fail(ErrorKind::corrupt, "the object's content does not match its name " + id.hex());
}

// The table is made with the first object: who only asks where objects are needs none.
ObjectReader::CachedBase& ObjectReader::slot(const EntryPlace& place) {
  if (cache_.empty()) cache_.resize(std::size_t{1} << options_.cache_bits);
  return cache_[(place.offset * 0x9e3779b97f4a7c15U) >> (64 - options_.cache_bits)];
}

}  // namespace sluice::pack
