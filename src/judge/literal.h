#pragma once

#include <optional>
#include <string_view>

#include "judge/peek.h"

namespace sluice::judge {

/// A value as it is written.
struct Literal {
  rules::Span span;  ///< without quotes and without what tells how it authenticates (`Bearer `)
  bool is_quoted = false;
  bool is_basic = false;    ///< behind `Basic `
};

/// The literal whose quote, perhaps escaped or tripled, is ahead; of a longer one the first 512
/// bytes, of a broken one its first line if that has 40. Nothing when it is shorter than 4 bytes.
std::optional<Literal> read_quoted(Peek& peek);

/// The bytes ahead up to a blank, a line end or what ends a value in most languages.
std::optional<Literal> read_bare(Peek& peek);

/// Whether no secret is written like this: interpolations, constants of languages, one byte repeated, names
/// of key files, messages of NTLM (MS-NLMP 2.2.1: good for one session), scopes of AWS's signatures, what `Basic ` has rules of its own
/// for (RFC 7617), and, without quotes, what looks like an expression.
bool cannot_be_secret(std::string_view value, const Literal& literal);

/// Whether `value` is a constant of a language (`null`), the name of a type (`varchar(64)`), of an encoding or of an
/// algorithm (`hmac-sha256`): what stands where a secret does in code, schemas and settings. In any case.
bool is_constant(std::string_view value);

/// Whether `value` is written as a UUID is (RFC 9562, section 4), with characters of the classes `digits` for its digits.
bool has_form_of_uuid(std::string_view value, unsigned digits);

/// Whether `value` is a UUID in the form of text (RFC 9562, section 4).
bool is_uuid(std::string_view value);

/// Whether `value` says where a secret is kept, as `aws-sm://name`, `env://NAME`, `vault://path`, 1Password's
/// `op://vault/item` or an Amazon resource name do.
bool is_reference(std::string_view value);

}  // namespace sluice::judge
