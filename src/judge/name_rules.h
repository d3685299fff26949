#pragma once

#include "judge/peek.h"
#include "rules/pattern.h"

namespace sluice::judge {

// What names tell for certain, so that nobody has to learn it.

/// Whether the keyword only begins another word: `author`, `passing`, `keyboard`, `tokenizer`, `credit`.
bool begins_another_word(Peek& peek, rules::Span keyword);

/// Whether a value under this name is public, or of use only once: public keys, the answers and nonces of
/// HTTP and SASL digests (RFC 7616, RFC 2831), the handshake of WebSocket (RFC 6455), the mechanism in
/// `;AUTH=` of mail URLs (RFC 2384, RFC 5092), challenges (`WWW-Authenticate`, RFC 9110).
bool is_public_name(Peek& peek, rules::Span keyword, rules::Span value);

}  // namespace sluice::judge
