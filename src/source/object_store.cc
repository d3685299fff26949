#include "source/object_store.h"

#include <cstdlib>

#include "base/text.h"

namespace sluice::source {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

}  // namespace

Result<pack::ObjectStore> open_store(const git::Repository& repository) {
  const std::string named = variable("GIT_OBJECT_DIRECTORY");
  const std::string directory = named.empty() ? repository.common_dir() + "/objects" : named;
  const std::string alternates = variable("GIT_ALTERNATE_OBJECT_DIRECTORIES");
  pack::StoreOptions options;
  for (const std::string_view alternate : base::split(alternates, ':')) {
    if (!alternate.empty()) options.alternates.emplace_back(alternate);
  }
  return pack::ObjectStore::open(directory, options);
}

}  // namespace sluice::source
