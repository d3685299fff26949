#pragma once

#include <string_view>

namespace sluice::policy {

/// Whether `path` is an env file of one environment by its name, of which is_published_env may say yes.
bool may_be_published(std::string_view path);

/// True when the file at `path`, an env file of one environment (`.env.production`; neither `.env` itself nor `.env.local`
/// and its like), holds `text` of which nothing is secret by the convention of web front ends: variables that a build
/// writes into pages for everybody (`VITE_...`, `NEXT_PUBLIC_...`, ...), at least one of them, and beside them only what
/// neither names a secret nor looks like one. Vite's and Next.js's documentation has such files tracked.
bool is_published_env(std::string_view path, std::string_view text);

}  // namespace sluice::policy
