#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "git/oid.h"

namespace sluice::git {

class Repository;

/// The object that `spec` names, for the usual part of gitrevisions(7): names of refs and objects (cut
/// short, too), `~n`, `^n`, `^{}`, `^{commit}` and its like, `rev:path`. Nothing when `spec` is of another
/// kind, or names what this does not find: who knows all of the syntax must decide.
/// Errors: not_found (a commit has no such parent, a tree no such path), corrupt, as read_object.
Result<std::optional<Oid>> resolve_quickly(const Repository& repository, const std::string& spec);

}  // namespace sluice::git
