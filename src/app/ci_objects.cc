#include "app/ci_objects.h"

#include <utility>

#include "git/object.h"
#include "source/connectivity.h"

namespace sluice::app {
namespace {

Status scan_blob(const Session& session, const git::Oid& id, source::ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const git::ObjectHeader header, git::read_header(*session.repository(), id));
  if (header.kind != git::ObjectKind::blob) return {};
  if (source::skip_when_large(session.source_options(), header.size, id.hex(), consumer)) return {};
  SLUICE_TRY_ASSIGN(const git::Object object,
                    git::read_object(*session.repository(), id, git::ObjectKind::blob));
  source::Item item;
  item.bytes = object.bytes();
  item.origin.kind = OriginKind::blob;
  item.origin.object = id.hex();
  consumer.consume(item);
  return {};
}

Status scan_objects(const Session& session, const std::vector<git::Oid>& objects,
                    source::ItemConsumer& consumer, Scope& scope) {
  SLUICE_TRY_ASSIGN(const auto reached,
                    source::reachable_objects(*session.repository(), objects, consumer));
  for (const git::Oid& id : reached) {
    if (consumer.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
    if (const Status status = scan_blob(session, id, consumer); !status) {
      consumer.problem(source::to_problem(status.error()));
    }
    ++scope.blobs;
  }
  return {};
}

}  // namespace

void add_objects(const Session& session, std::vector<git::Oid> objects, Run& run) {
  run.scan = [&session, objects = std::move(objects), first = std::move(run.scan)](
                 source::ItemConsumer& consumer, Scope& scope) -> Status {
    if (first) SLUICE_TRY(first(consumer, scope));
    return scan_objects(session, objects, consumer, scope);
  };
}

}  // namespace sluice::app
