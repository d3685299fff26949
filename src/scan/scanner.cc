#include "scan/scanner.h"

#include <algorithm>
#include <tuple>

#include "base/glob.h"
#include "base/text.h"
#include "scan/judgement.h"

namespace sluice::scan {

using rules::Pattern;
using rules::PatternMatch;
using rules::Rule;
using rules::Span;

namespace {

// A search never looks further than this at once, so that an expression which runs on to the end of
// its text cannot make many searches quadratic.
constexpr std::size_t largest_slice = 64u << 10;
// How far a match that reaches the end of its slice may grow.
constexpr std::size_t largest_match = 1u << 20;

std::vector<Prefilter::Literal> literals_of(const std::vector<const Rule*>& rules) {
  std::vector<Prefilter::Literal> literals;
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    for (const std::string_view keyword : rules[i]->keywords) literals.push_back({keyword, i});
  }
  return literals;
}

}  // namespace

// One rule's expressions and the search around its keywords.
class Scanner::Matcher {
 public:
  explicit Matcher(const Rule& rule)
      : rule_(&rule), pattern_(rule.pattern, rule.secret_group) {
    for (const auto shape : rule.reject_shapes) shapes_.emplace_back(shape, 0, true);
    for (const auto context : rule.reject_context) contexts_.emplace_back(context, 0, true);
  }

  const Rule& rule() const { return *rule_; }

  void search(std::string_view text, Span region, std::vector<Match>& out) const {
    std::size_t at = region.begin;
    while (at < region.end) {
      const std::size_t slice_end = std::min(region.end, at + largest_slice);
      const auto found = find_growing(text, at, slice_end);
      if (!found) {
        if (slice_end == region.end) return;
        // The next slice overlaps this one, so that nothing is lost at the seam.
        at = slice_end - std::min(rule_->window, largest_slice / 2);
        continue;
      }
      if (accepts(text, *found)) out.push_back({rule_, found->whole, found->group});
      // The secret's end, not the match's: what follows may be the next match's lead-in.
      at = std::max(found->group.end, found->whole.begin + 1);
    }
  }

 private:
  // A match that touches the end of its slice might go on behind it: look again with more room.
  std::optional<PatternMatch> find_growing(std::string_view text, std::size_t begin,
                                           std::size_t end) const {
    auto found = pattern_.find(text, begin, end);
    while (found && found->whole.end == end && end < text.size() &&
           end - found->whole.begin < largest_match) {
      end = std::min(text.size(), end + std::max(rule_->window, end - found->whole.begin));
      found = pattern_.find(text, found->whole.begin, end);
    }
    return found;
  }

  bool accepts(std::string_view text, const PatternMatch& found) const {
    const std::string_view secret =
        text.substr(found.group.begin, found.group.end - found.group.begin);
    if (is_placeholder(secret)) return false;
    if (rule_->entropy > 0 && shannon_entropy(secret) < rule_->entropy) return false;
    for (const std::string_view word : rule_->reject_words) {
      if (base::contains_ignoring_case(secret, word)) return false;
    }
    for (const Pattern& shape : shapes_) {
      if (shape.matches_all(secret)) return false;
    }
    const std::string_view whole = text.substr(found.whole.begin, found.whole.end - found.whole.begin);
    for (const Pattern& context : contexts_) {
      if (context.find(whole, 0, whole.size())) return false;
    }
    return true;
  }

  const Rule* rule_;
  Pattern pattern_;
  std::vector<Pattern> shapes_;
  std::vector<Pattern> contexts_;
};

Scanner::Scanner(std::vector<const Rule*> rules) : prefilter_(literals_of(rules)) {
  matchers_.reserve(rules.size());
  for (const Rule* rule : rules) matchers_.emplace_back(*rule);
}

Scanner::~Scanner() = default;

std::vector<Match> Scanner::scan(std::string_view text, bool is_binary) const {
  std::vector<Match> matches;
  // The region each rule is to be searched in, grown while its keywords lie close together.
  std::vector<Span> pending(matchers_.size());
  std::vector<std::uint32_t> touched;
  const auto flush = [&](std::uint32_t rule) { matchers_[rule].search(text, pending[rule], matches); };
  prefilter_.search(text, [&](std::uint32_t number, std::size_t end) {
    const Rule& rule = matchers_[number].rule();
    if (is_binary && rule.text_only) return;
    Span& region = pending[number];
    const std::size_t begin = end > rule.window ? end - rule.window : 0;
    const std::size_t limit = std::min(text.size(), end + rule.window);
    if (region.end == 0) {
      touched.push_back(number);
    } else if (begin <= region.end) {
      region.end = limit;
      return;
    } else {
      flush(number);
    }
    region = {begin, limit};
  });
  for (const std::uint32_t number : touched) flush(number);
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return std::tie(a.secret.begin, a.secret.end, a.rule->id) <
           std::tie(b.secret.begin, b.secret.end, b.rule->id);
  });
  // Slices and growing regions overlap, so one match can be seen twice.
  matches.erase(std::unique(matches.begin(), matches.end(),
                            [](const Match& a, const Match& b) {
                              return a.rule == b.rule && a.secret.begin == b.secret.begin &&
                                     a.secret.end == b.secret.end;
                            }),
                matches.end());
  return matches;
}

bool applies_to(const Rule& rule, std::string_view path) {
  const auto any = [&](rules::Strings globs) {
    return std::any_of(globs.begin(), globs.end(),
                       [&](std::string_view glob) { return base::path_matches(glob, path); });
  };
  if (!rule.include_paths.empty() && !any(rule.include_paths)) return false;
  return path.empty() || !any(rule.exclude_paths);
}

void keep_most_specific(std::vector<Match>& matches) {
  const auto rank = [](const Match& match) {
    return std::make_tuple(static_cast<int>(match.rule->confidence),
                           static_cast<int>(match.rule->severity),
                           match.secret.end - match.secret.begin);
  };
  std::vector<Match> kept;
  for (const Match& match : matches) {
    bool beaten = false;
    while (!kept.empty() && kept.back().secret.end > match.secret.begin) {
      if (rank(kept.back()) >= rank(match)) {
        beaten = true;
        break;
      }
      kept.pop_back();
    }
    if (!beaten) kept.push_back(match);
  }
  matches = std::move(kept);
}

}  // namespace sluice::scan
