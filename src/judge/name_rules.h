#pragma once

#include "judge/peek.h"
#include "rules/pattern.h"

namespace sluice::judge {

// What names tell for certain, so that nobody has to learn it.

/// Whether the keyword is only a part of another word: `author`, `passing`, `keyboard`, `monkey`, `tokenizer`.
bool is_part_of_another_word(Peek& peek, rules::Span keyword);

/// Whether a value under this name is public, or of use only once: public keys, the answers and nonces of
/// HTTP and SASL digests (RFC 7616, RFC 2831), the handshake of WebSocket (RFC 6455), the mechanism in
/// `;AUTH=` of mail URLs (RFC 2384, RFC 5092), challenges (`WWW-Authenticate`, RFC 9110), the keys of XAML's resources
/// (`x:Key`), what is about a secret (`passwordLabel`, `token_type`).
bool is_public_name(Peek& peek, rules::Span keyword, rules::Span value);

}  // namespace sluice::judge
