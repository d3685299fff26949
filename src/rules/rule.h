#pragma once

#include <cstddef>
#include <span>
#include <cstdint>
#include <string_view>

#include "finding/level.h"
#include "rules/required_run.h"

namespace sluice::rules {

using Strings = std::span<const std::string_view>;

/// How a rule's candidates are found.
enum class Shape : std::uint8_t {
  pattern,     ///< by its regular expression
  assignment,  ///< a value given to a name that holds one of the keywords (judge/assignment.h)
  uuid,        ///< a UUID as text (RFC 9562, section 4); needs no keywords
};

/// One way to recognise a credential. All text is borrowed from the RuleSet (or the built-in table).
struct Rule {
  std::string_view id;
  std::string_view title;
  Severity severity = Severity::high;
  Confidence confidence = Confidence::high;
  Shape shape = Shape::pattern;
  /// Whether the learned model decides about each match, and how likely it is true; `confidence` is
  /// then the most that it may say.
  bool is_judged = false;
  /// Lower-case literals, at least 3 bytes; the rule is tried only near one of them (any case).
  Strings keywords;
  /// RE2 syntax over bytes; empty for other shapes than `pattern`.
  std::string_view pattern;
  /// The capturing group of `pattern` that holds the secret; 0 is the whole match.
  int secret_group = 0;
  /// Least Shannon entropy of the secret in bits a byte; 0 for no floor.
  double entropy = 0;
  /// How many bytes on either side of a keyword `pattern` is searched in.
  std::size_t window = 192;
  /// Whether every match is known to contain one of the keywords. Found out when the rule is read.
  bool keyword_inside = false;
  /// What every match is known to hold. Found out when the rule is read.
  RequiredRun required_run;
  /// The secret is rejected when it contains one of these, any case.
  Strings reject_words;
  /// The secret is rejected when one of these RE2 expressions matches all of it, any case.
  Strings reject_shapes;
  /// The whole match is rejected when one of these RE2 expressions occurs in it, any case.
  Strings reject_context;
  /// The name of a structural check of the secret (structure/check.h), or empty. What fails it is no more
  /// than a guess: its confidence is low.
  std::string_view verify;
  /// The id of the rule of this credential's other half, or empty, and how many lines away it may be. Where both
  /// are found they are one finding, this rule's, with both places.
  std::string_view pair_rule;
  std::size_t pair_within = 0;
  /// No secret by itself, such as a client id: found only as the other half of a rule that pairs with it.
  bool half_only = false;
  /// Globs (base/glob.h path_matches). With `include_paths` only those are looked at.
  Strings include_paths;
  Strings exclude_paths;
  /// Not tried on binary content: for patterns too loose for random bytes.
  bool text_only = false;
  std::string_view description;
  /// How to rotate or withdraw the credential.
  std::string_view remedy;
  /// A URL: the vendor's page on the format or on rotation.
  std::string_view reference;
  /// Templates (template.h) that must give a finding of this rule, and that must not.
  Strings match;
  Strings no_match;
};

}  // namespace sluice::rules
