#include "pack/object_store.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "pack/alternates.h"
#include "pack/loose.h"

namespace sluice::pack {
namespace {

namespace fs = std::filesystem;

// The names of the files in `folder`, sorted.
Result<std::set<std::string>> list_files(const std::string& folder) {
  std::set<std::string> names;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  if (error == std::errc::no_such_file_or_directory) return names;
  for (; !error && entry != fs::directory_iterator(); entry.increment(error))
    names.insert(entry->path().filename().string());
  if (error)
    return fail(error == std::errc::permission_denied ? ErrorKind::unreadable : ErrorKind::io,
                "cannot list packs: " + error.message(), folder);
  return names;
}

// Git's temporary files are called tmp_pack_* and .tmp-*; a pack is pack-<checksum>.pack, or what
// the user called it.
bool is_named(const std::string& name, std::string_view ending) {
  return name.ends_with(ending) && !name.starts_with("tmp_") && !name.starts_with(".");
}

}  // namespace

Result<ObjectStore> ObjectStore::open(const std::string& objects_dir, const StoreOptions& options) {
  SLUICE_TRY_ASSIGN(ObjectDirectories found,
                    find_object_directories(objects_dir, options.alternates));
  ObjectStore store;
  store.algorithm_ = options.algorithm;
  store.directories_ = std::move(found.paths);
  store.problems_ = std::move(found.problems);
  std::uint32_t number = 0;
  for (const std::string& directory : store.directories_) {
    store.add_packs(directory);
    store.add_loose(directory, number++);
  }
  std::sort(store.loose_.begin(), store.loose_.end());
  return store;
}

void ObjectStore::add_packs(const std::string& directory) {
  const std::string folder = directory + "/pack";
  Result<std::set<std::string>> names = list_files(folder);
  if (!names) {
    problems_.push_back(std::move(names.error()));
    return;
  }
  for (const std::string& name : *names) {
    const std::string path = (fs::path(folder) / name).string();
    const std::string stem = name.substr(0, name.rfind('.'));
    if (is_named(name, ".pack")) {
      Result<PackFile> pack = PackFile::open(path, algorithm_);
      if (pack) {
        packs_.push_back(std::move(*pack));
      } else {
        problems_.push_back(std::move(pack.error()));
      }
    } else if (is_named(name, ".idx") && !names->contains(stem + ".pack")) {
      problems_.push_back(
          {ErrorKind::not_found, "the pack index has no pack", path, "run `git fsck`"});
    }
  }
}

void ObjectStore::add_loose(const std::string& directory, std::uint32_t number) {
  Result<std::vector<ObjectId>> ids = list_loose(directory, algorithm_);
  if (!ids) {
    problems_.push_back(std::move(ids.error()));
    return;
  }
  for (const ObjectId& id : *ids) loose_.push_back({id, number});
}

std::optional<PackedObject> ObjectStore::find_packed(const ObjectId& id,
                                                     std::size_t first_pack) const {
  if (id.algorithm != algorithm_) return std::nullopt;
  for (std::size_t pack = first_pack; pack < packs_.size(); ++pack) {
    if (const auto position = packs_[pack].index().find(id.raw()))
      return PackedObject{static_cast<std::uint32_t>(pack), *position};
  }
  return std::nullopt;
}

std::optional<PackedEntry> ObjectStore::find_entry(const ObjectId& id) const {
  const auto at = find_packed(id);
  if (!at) return std::nullopt;
  return PackedEntry{&packs_[at->pack], packs_[at->pack].index().offset(at->position), at->pack};
}

std::vector<PackedEntry> ObjectStore::find_entries(const ObjectId& id) const {
  std::vector<PackedEntry> found;
  for (auto at = find_packed(id); at; at = find_packed(id, at->pack + 1))
    found.push_back({&packs_[at->pack], packs_[at->pack].index().offset(at->position), at->pack});
  return found;
}

std::vector<std::uint32_t> ObjectStore::loose_directories(const ObjectId& id) const {
  std::vector<std::uint32_t> numbers;
  for (const LooseObject& loose : find_loose(id)) numbers.push_back(loose.directory);
  return numbers;
}

std::span<const LooseObject> ObjectStore::find_loose(const ObjectId& id) const {
  const auto begin = std::lower_bound(loose_.begin(), loose_.end(), LooseObject{id, 0});
  auto end = begin;
  while (end != loose_.end() && end->id == id) ++end;
  return {begin, end};
}

bool ObjectStore::contains(const ObjectId& id) const {
  return find_packed(id).has_value() || !find_loose(id).empty();
}

}  // namespace sluice::pack
