#include "rules/pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <mutex>
#include <string>
#include <vector>

namespace sluice::rules {
namespace {

constexpr std::int64_t max_memory = 16 << 20;
constexpr int max_program_size = 60'000;

re2::RE2::Options options(bool ignore_case) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  options.set_max_mem(max_memory);
  options.set_case_sensitive(!ignore_case);
  return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct Pattern::Compiled {
  std::string expression;
  int group;
  bool ignore_case;
  std::once_flag once;
  std::unique_ptr<re2::RE2> re;
};

Status Pattern::check(std::string_view expression, int group) {
  const re2::RE2 re(piece(expression), options(false));
  if (!re.ok()) {
    return fail(ErrorKind::invalid_input, fmt::format("the expression does not compile: {}", re.error()),
                {}, "RE2 syntax: https://github.com/google/re2/wiki/Syntax");
  }
  if (group > re.NumberOfCapturingGroups()) {
    return fail(ErrorKind::invalid_input,
                fmt::format("secret_group is {} but the expression has {} groups", group,
                            re.NumberOfCapturingGroups()));
  }
  if (re.ProgramSize() > max_program_size) {
    return fail(ErrorKind::invalid_input,
                fmt::format("the expression is too large ({} instructions, at most {})",
                            re.ProgramSize(), max_program_size),
                {}, "use smaller repetition counts");
  }
  return {};
}

Pattern::Pattern(std::string_view expression, int group, bool ignore_case)
    : compiled_(std::make_unique<Compiled>()) {
  compiled_->expression = expression;
  compiled_->group = group;
  compiled_->ignore_case = ignore_case;
}

Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

const Pattern::Compiled& Pattern::compiled() const {
  std::call_once(compiled_->once, [this] {
    compiled_->re = std::make_unique<re2::RE2>(compiled_->expression, options(compiled_->ignore_case));
  });
  return *compiled_;
}

std::optional<PatternMatch> Pattern::find(std::string_view text, std::size_t begin,
                                          std::size_t end) const {
  const Compiled& one = compiled();
  constexpr int max_groups = 21;
  re2::StringPiece groups[max_groups];
  if (!one.re->Match(piece(text), begin, end, re2::RE2::UNANCHORED, groups, one.group + 1)) {
    return std::nullopt;
  }
  const re2::StringPiece& group = groups[one.group];
  if (group.data() == nullptr) return std::nullopt;
  const auto span = [&](const re2::StringPiece& found) {
    const auto at = static_cast<std::size_t>(found.data() - text.data());
    return Span{at, at + found.size()};
  };
  return PatternMatch{span(groups[0]), span(group)};
}

bool Pattern::matches_all(std::string_view text) const {
  return re2::RE2::FullMatch(piece(text), *compiled().re);
}

}  // namespace sluice::rules
