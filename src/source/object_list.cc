#include "source/object_list.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string_view>

#include "pack/object_lookup.h"
#include "pack/pack_index.h"

namespace sluice::source {
namespace {

namespace fs = std::filesystem;
using git::Oid;
using pack::PackIndex;

tl::unexpected<Error> not_mere_growth(std::string why) {
  return fail(ErrorKind::unsupported, std::move(why));
}

Result<std::vector<std::string>> names_in(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    names.push_back(entry->path().filename().string());
  if (error && error != std::errc::no_such_file_or_directory)
    return fail(ErrorKind::unreadable, "cannot list: " + error.message(), folder);
  return names;
}

Result<std::vector<PackIndex>> open_packs(const std::string& objects, pack::HashAlgorithm algorithm) {
  const std::string folder = objects + "/pack";
  SLUICE_TRY_ASSIGN(const std::vector<std::string> names, names_in(folder));
  std::vector<PackIndex> packs;
  std::size_t pack_files = 0;
  for (const std::string& name : names) {
    if (name.ends_with(".pack")) ++pack_files;
    if (!name.ends_with(".idx")) continue;
    SLUICE_TRY_ASSIGN(PackIndex index, PackIndex::open_for_lookup(folder + "/" + name, algorithm));
    packs.push_back(std::move(index));
  }
  if (pack_files != packs.size()) return not_mere_growth("a pack and its index do not go together");
  return packs;
}

Result<std::vector<Oid>> list_loose(const std::string& objects, pack::HashAlgorithm algorithm) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::vector<Oid> loose;
  SLUICE_TRY_ASSIGN(const std::vector<std::string> folders, names_in(objects));
  for (const std::string& start : folders) {
    if (start.size() != 2 || start.find_first_not_of(digits) != std::string::npos) continue;
    SLUICE_TRY_ASSIGN(const std::vector<std::string> names, names_in(objects + "/" + start));
    for (const std::string& name : names)
      if (const auto id = Oid::from_hex(algorithm, start + name)) loose.push_back(*id);
  }
  std::sort(loose.begin(), loose.end());
  return loose;
}

void keep_sorted(std::vector<Oid>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

Result<NewObjects> objects_beyond(const git::Repository& repository, const Seen& seen, std::size_t most) {
  const std::string& objects = repository.places().objects;
  if (repository.objects().directories().size() != 1) return not_mere_growth("other object databases are in use");
  SLUICE_TRY_ASSIGN(const std::vector<PackIndex> packs, open_packs(objects, repository.algorithm()));
  NewObjects found;
  SLUICE_TRY_ASSIGN(found.loose, list_loose(objects, repository.algorithm()));
  std::vector<const PackIndex*> old_packs;
  for (const PackIndex& pack : packs) {
    std::string checksum(pack.pack_checksum());
    const bool is_old = std::binary_search(seen.packs.begin(), seen.packs.end(), checksum);
    found.packs.push_back(std::move(checksum));
    if (is_old) {
      old_packs.push_back(&pack);
    } else if (pack.count() > most - std::min(most, found.ids.size())) {
      return not_mere_growth("too many objects are new");
    } else {
      for (std::uint32_t i = 0; i < pack.count(); ++i) found.ids.push_back(pack.id(i));
    }
  }
  std::sort(found.packs.begin(), found.packs.end());
  if (old_packs.size() != seen.packs.size() ||
      !std::includes(found.loose.begin(), found.loose.end(), seen.loose.begin(), seen.loose.end())) {
    return not_mere_growth("packs or loose objects are gone");
  }
  std::set_difference(found.loose.begin(), found.loose.end(), seen.loose.begin(), seen.loose.end(),
                      std::back_inserter(found.ids));
  if (found.ids.size() > most) return not_mere_growth("too many objects are new");
  keep_sorted(found.ids);
  std::erase_if(found.ids, [&](const Oid& id) {
    return std::binary_search(seen.loose.begin(), seen.loose.end(), id) ||
           std::any_of(old_packs.begin(), old_packs.end(),
                       [&](const PackIndex* pack) { return pack->find(id.raw()).has_value(); });
  });
  return found;
}

}  // namespace sluice::source
