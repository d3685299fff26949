#include "source/object_store.h"

namespace sluice::source {

Result<pack::ObjectStore> open_store(const git::Repository& repository) {
  const git::RepositoryPlaces& places = repository.places();
  return pack::ObjectStore::open(places.objects, {repository.algorithm(), places.alternates});
}

}  // namespace sluice::source
