#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sluice::suppress {

/// What an allow comment says about one rule.
struct AllowComment {
  std::string reason;  ///< empty when the comment gives none, and then it allows nothing
};

/// The comment that speaks about `rule` on `line` or, failing that, on `line_above`:
/// `sluice:allow RULE reason`, in any comment syntax. RULE is a rule id or `*`.
std::optional<AllowComment> find_allow_comment(std::string_view rule, std::string_view line,
                                               std::string_view line_above);

}  // namespace sluice::suppress
