#pragma once

#include <cstdint>

#include "judge/word_kinds.h"

namespace sluice::judge {

/// What a word near a value says.
enum NearWord : std::uint32_t { of_account = 1, of_stand_in = 2 };

/// All of them have two letters or more.
inline constexpr WordKinds<128> near_words({
    {of_account, {"user", "username", "login", "email", "account", "host", "hostname", "server", "database", "port", "url",
                  "endpoint", "uid", "usr", "admin", "root", "db"}},
    {of_stand_in, {"example", "sample", "placeholder", "dummy", "fake", "mock", "your", "changeme", "replace", "foo", "bar",
                   "lorem", "test", "invalid", "expected"}},
});

}  // namespace sluice::judge
