#include "scan/matcher.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "judge/assignment.h"
#include "judge/judge.h"
#include "scan/judgement.h"
#include "scan/prefilter.h"
#include "scan/uuid.h"

namespace sluice::scan {

using rules::Pattern;
using rules::PatternMatch;
using rules::Rule;
using rules::Span;

namespace {

// How far a match that reaches the end of its window may grow.
constexpr std::size_t largest_match = 1u << 20;
// Bytes of expressions joined to one: compiling one is quicker than many, and so is trying it.
constexpr std::size_t largest_joined = 4096;
// A run that is so long is looked for in fewer steps than a gate takes.
constexpr std::size_t telling_run = 16;

// The expressions as few, each an alternation of several.
std::vector<Pattern> joined(rules::Strings expressions) {
  std::vector<Pattern> patterns;
  std::string all;
  for (const std::string_view expression : expressions) {
    if (!all.empty() && all.size() + expression.size() > largest_joined) {
      patterns.emplace_back(all, 0, true);
      all.clear();
    }
    if (!all.empty()) all += '|';
    all += "(?:";
    all += expression;
    all += ')';
  }
  if (!all.empty()) patterns.emplace_back(all, 0, true);
  return patterns;
}

// What a window must be wider where only a part of a keyword is looked for.
std::size_t most_cut(const Rule& rule) {
  std::size_t longest = longest_literal;
  for (const std::string_view keyword : rule.keywords) longest = std::max(longest, keyword.size());
  return rule.keyword_inside ? longest - longest_literal : 0;
}

bool contains(Span outer, Span inner) { return outer.begin <= inner.begin && inner.end <= outer.end; }

Look joined(const Look& a, const Look& b) {
  return {std::min(a.begin, b.begin), std::max(a.end, b.end), a.saw_begin || b.saw_begin,
          a.saw_end || b.saw_end};
}

// `look` with bytes [begin, end) and those on either side of them, which assertions look at.
Look with_context(Look look, std::size_t begin, std::size_t end, std::size_t size) {
  look.begin = std::min(look.begin, begin);
  look.end = std::max(look.end, end);
  look.saw_begin = look.saw_begin || look.begin == 0;
  look.saw_end = look.saw_end || look.end == size;
  if (look.begin > 0) --look.begin;
  if (look.end < size) ++look.end;
  return look;
}

}  // namespace

Matcher::Expressions::Expressions(const Rule& rule)
    : pattern(rule.pattern, rule.secret_group),
      shapes(joined(rule.reject_shapes)),
      contexts(joined(rule.reject_context)) {}

Matcher::Matcher(const Rule& rule, std::uint32_t number, const judge::Providers& providers)
    : rule_(&rule), providers_(&providers), number_(number), window_(rule.window + most_cut(rule)) {}

const Matcher::Expressions& Matcher::expressions() const {
  std::call_once(made_expressions_, [this] { expressions_ = std::make_unique<Expressions>(*rule_); });
  return *expressions_;
}

const rules::Positions* Matcher::positions() const {
  if (!rule_->keyword_inside) return nullptr;
  std::call_once(made_positions_, [this] {
    auto positions = rules::positions_of(rule_->pattern);
    if (positions) positions_ = std::make_unique<rules::Positions>(std::move(*positions));
  });
  return positions_.get();
}

Span Matcher::window_around(Span keyword, std::size_t size) const {
  return {keyword.begin - std::min(window_, keyword.begin), keyword.end + std::min(window_, size - keyword.end)};
}

bool Matcher::holds_required_run(std::string_view text, Span part) const {
  return rule_->required_run.lies_in(text.substr(part.begin, part.end - part.begin));
}

bool Matcher::has_room_for_match(std::string_view text, Span keyword) const {
  return holds_required_run(text, window_around(keyword, text.size()));
}

void Matcher::evaluate(std::string_view text, Span keyword, Gate* gate, Candidates& out) const {
  const std::size_t first = out.size();
  if (rule_->shape == rules::Shape::assignment) {
    evaluate_assignment(text, keyword, out);
  } else if (rule_->shape == rules::Shape::uuid) {
    evaluate_uuid(text, keyword, out);
  } else if (gate != nullptr) {
    evaluate_inside(text, keyword, *gate, out);
  } else {
    evaluate_near(text, keyword, out);
  }
  if (!rule_->is_judged) return;
  for (std::size_t i = first; i < out.size(); ++i) {
    if (out[i].outcome() != Candidate::Outcome::nothing) describe(text, out[i]);
  }
}

// Done once for a candidate, however many versions of a file hold it.
void Matcher::describe(std::string_view text, Candidate& candidate) const {
  const judge::Subject subject = judge::subject_of(text, *rule_, candidate.keyword(), candidate.secret());
  candidate.likeness = judge::likeness_of(subject);
  if (candidate.outcome() == Candidate::Outcome::accepted) {
    candidate.features =
        std::make_shared<const judge::Features>(judge::describe(judge::Model::builtin(), *providers_, subject));
  }
  const std::size_t begin = std::min({subject.name.begin, subject.keyword.begin, subject.value.begin});
  const std::size_t end = std::max({subject.name.end, subject.keyword.end, subject.value.end});
  candidate.set_look(with_context(candidate.look(), begin - std::min(begin, judge::farthest_look),
                                  std::min(text.size(), end + judge::farthest_look), text.size()));
}

void Matcher::evaluate_inside(std::string_view text, Span keyword, Gate& gate, Candidates& out) const {
  const Gate::Room glance = gate.look(text, keyword, Gate::reach_before, Gate::reach_after);
  if (!glance.is_possible) return;
  const bool asks_for_run = rule_->required_run.least >= telling_run;
  const Span asked = asks_for_run ? window_around(keyword, text.size()) : keyword;
  Look look = joined(glance.look, {asked.begin, asked.end, false, false});
  Gate::Room room;
  if (!asks_for_run || holds_required_run(text, asked)) {
    room = gate.look(text, keyword, window_, window_);
    look = joined(look, room.look);
  }
  Candidate& candidate = out.emplace_back(number_, keyword, with_context(look, keyword.begin, keyword.end, text.size()));
  if (!room.is_possible) return;
  // The leftmost match is not always the one around the keyword: others may end before it.
  for (std::size_t at = room.begin; at <= keyword.begin;) {
    const Found found = find_growing(text, at, room.end, room.is_open);
    candidate.set_look(with_context(candidate.look(), at, found.end, text.size()));
    if (!found.match || found.match->whole.begin > keyword.begin) return;
    if (contains(found.match->whole, keyword)) {
      candidate.set_match(found.match->whole, found.match->group, accepts(text, *found.match));
      return;
    }
    at = std::max(found.match->group.end, found.match->whole.begin + 1);
  }
}

void Matcher::evaluate_assignment(std::string_view text, Span keyword, Candidates& out) const {
  const judge::Assignment read = judge::read_assignment(text, keyword);
  using Outcome = judge::Assignment::Outcome;
  const bool at_a_glance = read.seen.begin + Gate::reach_before >= keyword.begin &&
                           read.seen.end <= keyword.end + Gate::reach_after;
  if (read.outcome == Outcome::nothing && at_a_glance) return;
  Candidate& candidate =
      out.emplace_back(number_, keyword, Look{read.seen.begin, read.seen.end, read.saw_begin, read.saw_end});
  if (read.outcome == Outcome::nothing) return;
  const Span whole{std::min(keyword.begin, read.value.begin), std::max(keyword.end, read.value.end)};
  candidate.set_match(whole, read.value, read.outcome == Outcome::found && accepts(text, {whole, read.value}));
}

void Matcher::evaluate_uuid(std::string_view text, Span dashes, Candidates& out) const {
  const std::optional<Span> uuid = uuid_around(text, dashes);
  if (!uuid) return;
  const Look look = with_context({uuid->begin, uuid->end, false, false}, uuid->begin, uuid->end, text.size());
  out.emplace_back(number_, dashes, look).set_match(*uuid, *uuid, true);
}

void Matcher::evaluate_near(std::string_view text, Span keyword, Candidates& out) const {
  const std::size_t begin = keyword.begin - std::min(rule_->window, keyword.begin);
  const std::size_t end = keyword.end + std::min(rule_->window, text.size() - keyword.end);
  const std::size_t first = out.size();
  Look look = with_context({begin, end, false, false}, begin, end, text.size());
  for (std::size_t at = begin; at < end;) {
    const Found found = find_growing(text, at, end, true);
    look = with_context(look, at, std::max(end, found.end), text.size());
    if (!found.match) break;
    out.emplace_back(number_, keyword, look).set_match(found.match->whole, found.match->group, accepts(text, *found.match));
    // The secret's end, not the match's: what follows may be the next match's lead-in.
    at = std::max(found.match->group.end, found.match->whole.begin + 1);
  }
  if (out.size() == first) out.emplace_back(number_, keyword, look);
  for (std::size_t i = first; i < out.size(); ++i) out[i].set_look(look);
}

// A match that touches the end of its window might go on behind it: look again with more room.
Matcher::Found Matcher::find_growing(std::string_view text, std::size_t begin, std::size_t end,
                                     bool may_grow) const {
  // Mostly tells that there is nothing, in a few bytes and with no expression compiled.
  if (!holds_required_run(text, {begin, end})) return {std::nullopt, end};
  const Pattern& pattern = expressions().pattern;
  Found found{pattern.find(text, begin, end), end};
  while (may_grow && found.match && found.match->whole.end == end && end < text.size() &&
         end - found.match->whole.begin < largest_match) {
    const std::size_t more = std::max(rule_->window, end - found.match->whole.begin);
    end += std::min(more, text.size() - end);
    found = {pattern.find(text, found.match->whole.begin, end), end};
  }
  return found;
}

bool Matcher::accepts(std::string_view text, const PatternMatch& found) const {
  const std::string_view secret = text.substr(found.group.begin, found.group.end - found.group.begin);
  if (is_ciphertext(secret)) return false;
  // What is learned knows stand-ins better.
  if (!rule_->is_judged && is_placeholder(secret)) return false;
  if (rule_->entropy > 0 && shannon_entropy(secret) < rule_->entropy) return false;
  for (const std::string_view word : rule_->reject_words) {
    if (base::contains_ignoring_case(secret, word)) return false;
  }
  const Expressions& all = expressions();
  for (const Pattern& shape : all.shapes) {
    if (shape.matches_all(secret)) return false;
  }
  const std::string_view whole = text.substr(found.whole.begin, found.whole.end - found.whole.begin);
  return std::none_of(all.contexts.begin(), all.contexts.end(), [&](const Pattern& context) {
    return context.find(whole, 0, whole.size()).has_value();
  });
}

}  // namespace sluice::scan
