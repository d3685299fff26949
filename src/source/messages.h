#pragma once

#include "git/commit.h"
#include "git/oid.h"
#include "git/repository.h"
#include "source/item.h"

namespace sluice::source {

/// Author (`Name <email>`) of a signature.
std::string author_of(const git::Signature& signature);

/// The origin of what commit `id` brings, `kind` commit_message and `object` the commit itself.
Origin commit_origin(const git::Oid& id, const git::Commit& commit);

void yield_commit_message(const git::Commit& commit, Origin origin, ItemConsumer& consumer);

/// Yields the message of the annotated tag `id`. Errors: not_found, corrupt.
Status yield_tag_message(const git::Repository& repository, const git::Oid& id,
                         ItemConsumer& consumer);
void yield_tag_message(const git::Oid& id, const git::Tag& tag, ItemConsumer& consumer);

}  // namespace sluice::source
