#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sluice::structure {

/// What a text's structure says of it.
enum class Verdict {
  proven,     ///< it is what it looks like: the checksum fits, the key parses
  unproven,   ///< it is not, or not all of it: cut short, made up
  encrypted,  ///< it is, and is worth nothing without a passphrase
  refuted,    ///< it is another thing, and no secret
};

/// A verdict and, for a person, what was learnt: `RSA key of 2048 bits`, `of AWS account 123456789012`. Never
/// holds a part of the secret. May be empty.
struct Outcome {
  Verdict verdict = Verdict::unproven;
  std::string detail;
};

/// A check of a credential that needs nothing but its text. Linear in it, without recursion.
struct Check {
  std::string_view name;     ///< as rules write it: `github-token`
  std::string_view meaning;  ///< what holds when it is proven, for a person
  Outcome (*run)(std::string_view secret);
};

/// All of them, ordered by name.
std::span<const Check> checks();

/// The one of that name, or null.
const Check* find_check(std::string_view name);

}  // namespace sluice::structure
