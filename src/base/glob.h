#pragma once

#include <string_view>

namespace sluice::base {

/// True when `pattern` matches all of `path`, with the rules of gitignore(5): `*` and `?` stop at `/`,
/// `**/`, `/**` and `/**/` cross folders, `[...]` is a class, `\` quotes. Time is linear in
/// `path` times the number of stars.
/// Case is ignored (ASCII) when `ignore_case` is true.
bool wildmatch(std::string_view pattern, std::string_view path, bool ignore_case = false);

/// wildmatch for path lists in rules and policies: a pattern without `/` is held against the last
/// component, so that `*.lock` means any lock file; a pattern ending in `/` means everything below it.
bool path_matches(std::string_view pattern, std::string_view path);

}  // namespace sluice::base
