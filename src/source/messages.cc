#include "source/messages.h"

#include <string>
#include <utility>

#include "git/object.h"

namespace sluice::source {

std::string author_of(const git::Signature& signature) {
  return std::string(signature.name).append(" <").append(signature.email).append(">");
}

Origin commit_origin(const git::Oid& id, const git::Commit& commit) {
  Origin origin;
  origin.kind = OriginKind::commit_message;
  origin.object = origin.commit = id.hex();
  origin.author = author_of(commit.author);
  origin.date = commit.author.iso_date();
  return origin;
}

void yield_commit_message(const git::Commit& commit, Origin origin, ItemConsumer& consumer) {
  Item item;
  item.bytes = commit.message;
  item.origin = std::move(origin);
  consumer.consume(item);
}

void yield_tag_message(const git::Oid& id, const git::Tag& tag, ItemConsumer& consumer) {
  Item item;
  item.bytes = tag.message;
  item.origin.kind = OriginKind::tag_message;
  item.origin.object = id.hex();
  if (tag.target_kind == git::ObjectKind::commit) item.origin.commit = tag.target.hex();
  item.origin.author = author_of(tag.tagger);
  item.origin.date = tag.tagger.iso_date();
  consumer.consume(item);
}

Status yield_tag_message(const git::Repository& repository, const git::Oid& id,
                         ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const git::Object object,
                    git::read_object(repository, id, git::ObjectKind::tag));
  SLUICE_TRY_ASSIGN(const git::Tag tag, git::parse_tag(object.bytes()));
  yield_tag_message(id, tag, consumer);
  return {};
}

}  // namespace sluice::source
