#include "pack/object_lookup.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <unordered_map>

#include "pack/alternates.h"
#include "pack/loose.h"

namespace sluice::pack {
namespace {

namespace fs = std::filesystem;

// The raw bytes that whole pairs of digits spell; the last digit of an odd number is left out.
std::string raw_prefix(std::string_view digits) {
  std::string padded(digits.substr(0, digits.size() / 2 * 2));
  padded.resize(64, '0');
  const auto id = ObjectId::from_hex(HashAlgorithm::sha256, padded);
  return id ? std::string(id->raw().substr(0, digits.size() / 2)) : std::string();
}

// Adds the names of `index` that start with `digits`.
void add_matches(const PackIndex& index, std::string_view digits, std::vector<ObjectId>& found,
                 std::size_t limit) {
  const std::string raw = raw_prefix(digits);
  if (raw.empty()) return;
  const auto byte = static_cast<unsigned char>(raw[0]);
  std::uint32_t low = index.first_position(byte);
  const std::uint32_t end = index.first_position(byte + 1U);
  for (std::uint32_t high = end; low < high;) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (index.name(middle).substr(0, raw.size()) < raw) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < end && index.name(low).starts_with(raw) && found.size() < limit; ++low)
    if (index.id(low).hex().starts_with(digits)) found.push_back(index.id(low));
}

}  // namespace

Result<std::unique_ptr<ObjectLookup>> ObjectLookup::open(const std::string& objects_dir,
                                                         const StoreOptions& options) {
  SLUICE_TRY_ASSIGN(ObjectDirectories found,
                    find_object_directories(objects_dir, options.alternates));
  std::unique_ptr<ObjectLookup> lookup(new ObjectLookup);
  lookup->algorithm_ = options.algorithm;
  lookup->directories_ = std::move(found.paths);
  lookup->problems_ = std::move(found.problems);
  return lookup;
}

void ObjectLookup::list_packs() const {
  if (is_listed_) return;
  is_listed_ = true;
  places_.clear();
  for (const std::string& directory : directories_) list_directory(directory + "/pack");
}

// Packs that are known already stay mapped.
void ObjectLookup::list_directory(const std::string& folder) const {
  std::unordered_map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < packs_.size(); ++i) known.emplace(packs_[i]->path, i);
  const auto number_of = [&](const std::string& path) {
    const auto [at, fresh] = known.emplace(path, packs_.size());
    if (fresh) {
      packs_.push_back(std::make_unique<Pack>());
      packs_.back()->path = path;
    }
    return at->second;
  };
  Directory place;
  if (auto index = MultiPackIndex::open(folder + "/multi-pack-index", algorithm_)) {
    place.index = std::move(*index);
    for (const std::string_view name : place.index->packs()) {
      const std::string stem(name.substr(0, name.size() - 4));
      place.index_packs.push_back(number_of(folder + "/" + stem + ".pack"));
    }
  } else if (index.error().kind != ErrorKind::not_found) {
    problems_.push_back(std::move(index.error()));
  }
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  if (error == std::errc::no_such_file_or_directory) return;
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.ends_with(".pack") || name.starts_with("tmp_") || name.starts_with(".")) continue;
    const std::size_t number = number_of(folder + "/" + name);
    const bool is_covered = std::find(place.index_packs.begin(), place.index_packs.end(), number) !=
                            place.index_packs.end();
    (is_covered ? place.covered : place.packs).push_back(number);
  }
  if (error)
    problems_.push_back({error == std::errc::permission_denied ? ErrorKind::unreadable : ErrorKind::io,
                         "cannot list packs: " + error.message(), folder, {}});
  places_.push_back(std::move(place));
}

const PackFile* ObjectLookup::pack(std::size_t number) const {
  Pack& known = *packs_[number];
  if (!known.is_opened) {
    known.is_opened = true;
    auto opened = PackFile::open_for_lookup(known.path, algorithm_);
    if (opened) {
      known.file = std::move(*opened);
    } else {
      problems_.push_back(std::move(opened.error()));
    }
  }
  return known.file ? &*known.file : nullptr;
}

std::optional<PackedEntry> ObjectLookup::find_in(const std::vector<std::size_t>& packs,
                                                 const ObjectId& id) const {
  for (const std::size_t number : packs) {
    const PackFile* file = pack(number);
    const auto offset = file != nullptr ? file->find_entry(id.raw()) : std::nullopt;
    if (!offset) continue;
    last_hit_ = number;
    return PackedEntry{file, *offset, number};
  }
  return std::nullopt;
}

std::optional<PackedEntry> ObjectLookup::find_by_index(const Directory& directory,
                                                       const ObjectId& id) const {
  const auto place = directory.index ? directory.index->find(id.raw()) : std::nullopt;
  if (!place) return std::nullopt;
  const std::size_t number = directory.index_packs[place->pack];
  const PackFile* file = pack(number);
  if (file == nullptr || place->offset < 12 || place->offset >= file->entries().size())
    return std::nullopt;
  return PackedEntry{file, place->offset, number};
}

// What is read together often lies together, so the last pack is asked first. A multi-pack-index that
// is damaged or older than the packs leads nowhere; the packs' own indexes are asked then.
std::optional<PackedEntry> ObjectLookup::find_entry(const ObjectId& id) const {
  if (id.algorithm != algorithm_) return std::nullopt;
  const std::lock_guard guard(lock_);
  list_packs();
  if (last_hit_ < packs_.size() && packs_[last_hit_]->file) {
    const PackFile& file = *packs_[last_hit_]->file;
    if (const auto offset = file.find_entry(id.raw())) return PackedEntry{&file, *offset, last_hit_};
  }
  for (const Directory& directory : places_) {
    if (auto entry = find_by_index(directory, id)) return entry;
    if (auto entry = find_in(directory.packs, id)) return entry;
  }
  for (const Directory& directory : places_)
    if (auto entry = find_in(directory.covered, id)) return entry;
  return std::nullopt;
}

std::vector<PackedEntry> ObjectLookup::find_entries(const ObjectId& id) const {
  std::vector<PackedEntry> found;
  if (id.algorithm != algorithm_) return found;
  const std::lock_guard guard(lock_);
  list_packs();
  for (std::size_t number = 0; number < packs_.size(); ++number) {
    const PackFile* file = pack(number);
    if (file == nullptr) continue;
    if (const auto offset = file->find_entry(id.raw())) found.push_back({file, *offset, number});
  }
  return found;
}

std::vector<std::uint32_t> ObjectLookup::loose_directories(const ObjectId&) const {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < directories_.size(); ++i) all.push_back(i);
  return all;
}

bool ObjectLookup::contains(const ObjectId& id) const {
  if (find_entry(id)) return true;
  return std::any_of(directories_.begin(), directories_.end(), [&](const std::string& directory) {
    return ::access(loose_path(directory, id).c_str(), F_OK) == 0;
  });
}

std::vector<ObjectId> ObjectLookup::with_prefix(std::string_view prefix, std::size_t limit) const {
  std::vector<ObjectId> found;
  if (prefix.size() < 4) return found;
  for (const std::string& directory : directories_) {
    std::error_code error;
    const std::string first(prefix.substr(0, 2));
    fs::directory_iterator entry(directory + "/" + first, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const auto id = ObjectId::from_hex(algorithm_, first + entry->path().filename().string());
      if (id && id->hex().starts_with(prefix)) found.push_back(*id);
    }
  }
  const std::lock_guard guard(lock_);
  list_packs();
  for (std::size_t number = 0; number < packs_.size(); ++number)
    if (const PackFile* file = pack(number)) add_matches(file->index(), prefix, found, limit * 2);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (found.size() > limit) found.resize(limit);
  return found;
}

bool ObjectLookup::refresh() {
  const std::lock_guard guard(lock_);
  if (!is_listed_) return false;
  const std::size_t before = packs_.size();
  is_listed_ = false;
  list_packs();
  return packs_.size() != before;
}

std::vector<Error> ObjectLookup::problems() const {
  const std::lock_guard guard(lock_);
  return problems_;
}

}  // namespace sluice::pack
