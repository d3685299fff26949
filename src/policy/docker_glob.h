#pragma once

#include <string_view>

namespace sluice::policy {

/// True when `pattern` matches all of `path` as Docker's globs do (Go's filepath.Match): `*` and `?` stop at
/// `/` and match hidden names, `^` alone negates a class, which knows no names such as `[:alpha:]`, `\` quotes.
/// `**/` crosses folders, as a .dockerignore has it. Linear as base::wildmatch is.
bool docker_matches(std::string_view pattern, std::string_view path);

/// True when it matches `path` or a folder above it, which takes all below it along.
bool docker_takes(std::string_view pattern, std::string_view path);

}  // namespace sluice::policy
