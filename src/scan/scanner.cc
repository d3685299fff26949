#include "scan/scanner.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "base/glob.h"
#include "judge/reasons.h"
#include "scan/uuid.h"

namespace sluice::scan {

using base::CopiedRange;
using rules::Rule;
using rules::Span;

namespace {

auto key_of(const Candidate& candidate) {
  const Span keyword = candidate.keyword();
  return std::make_tuple(keyword.begin, candidate.rule(), keyword.end, candidate.whole().begin,
                         candidate.secret().begin);
}

bool comes_before(const Candidate& a, const Candidate& b) { return key_of(a) < key_of(b); }

void drop_twins(Candidates& candidates) {
  candidates.erase(std::unique(candidates.begin(), candidates.end(),
                               [](const Candidate& a, const Candidate& b) { return key_of(a) == key_of(b); }),
                   candidates.end());
}

void order(Candidates& candidates) {
  if (!std::is_sorted(candidates.begin(), candidates.end(), comes_before))
    std::sort(candidates.begin(), candidates.end(), comes_before);
  drop_twins(candidates);
}

// The byte at `at`, or the edge: one before the first byte wraps around.
unsigned symbol_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : rules::ByteSet::edge;
}

// Both, which are in order, with what they have in common once.
Candidates joined(Candidates a, const Candidates& b) {
  if (b.empty()) return a;
  Candidates all;
  all.reserve(a.size() + b.size());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all),
             [](const Candidate& x, const Candidate& y) { return key_of(x) < key_of(y); });
  all.erase(std::unique(all.begin(), all.end(),
                        [](const Candidate& x, const Candidate& y) { return key_of(x) == key_of(y); }),
            all.end());
  return all;
}

// The first candidate whose keyword begins at `from` or behind, most likely not far behind `near`.
Candidates::const_iterator first_from(const Candidates& all, std::size_t from, Candidates::const_iterator near) {
  const auto is_before = [from](const Candidate& candidate) { return candidate.keyword().begin < from; };
  if (near != all.begin() && !is_before(near[-1])) return std::partition_point(all.begin(), near, is_before);
  constexpr int steps = 8;
  for (int i = 0; i < steps; ++i, ++near) {
    if (near == all.end() || !is_before(*near)) return near;
  }
  return std::partition_point(near, all.end(), is_before);
}

}  // namespace

Scanner::Scanner(const std::vector<const Rule*>& rules, const KeywordTable& keywords)
    : providers_(rules), keywords_(keywords), prefilter_(keywords.prefilter) {
  for (std::uint32_t i = 0; i < rules.size(); ++i) matchers_.emplace_back(*rules[i], i, providers_);
}

Scanner::Scanner(const std::vector<const Rule*>& rules)
    : Scanner(rules, std::make_unique<const KeywordArrays>(rules)) {}

Scanner::Scanner(const std::vector<const Rule*>& rules, std::unique_ptr<const KeywordArrays> keywords)
    : Scanner(rules, keywords->table()) {
  own_keywords_ = std::move(keywords);
}

Scanner::~Scanner() = default;

std::vector<Match> Scanner::scan(std::string_view text, bool is_binary) const {
  return matches_of(text, Search(*this).scan_once(text, is_binary));
}

std::vector<Match> Scanner::matches_of(std::string_view text, const Candidates& candidates) const {
  return matches_among(candidates, [&] { return company_of(text.size(), candidates); });
}

std::vector<Match> Scanner::matches_of(const Candidates& accepted, judge::Company company) const {
  return matches_among(accepted, [&] {
    company.close();
    return std::move(company);
  });
}

std::vector<Match> Scanner::matches_among(const Candidates& candidates,
                                          const std::function<judge::Company()>& company) const {
  std::vector<Match> matches;
  bool any_judged = false;
  for (const Candidate& candidate : candidates) {
    if (candidate.outcome() != Candidate::Outcome::accepted) continue;
    const Rule& rule = matchers_[candidate.rule()].rule();
    any_judged |= rule.is_judged;
    if (rule.is_judged) continue;
    matches.push_back({&rule, candidate.whole(), candidate.secret(), rule.confidence, rule.severity, {}, {}});
  }
  if (any_judged) add_judged(company(), candidates, matches);
  const auto key = [](const Match& match) {
    return std::make_tuple(match.secret.begin, match.secret.end, match.rule->id, match.whole.begin);
  };
  std::sort(matches.begin(), matches.end(),
            [&](const Match& a, const Match& b) { return key(a) < key(b); });
  // One match may hold several keywords.
  matches.erase(std::unique(matches.begin(), matches.end(),
                            [](const Match& a, const Match& b) {
                              return a.rule == b.rule && a.secret.begin == b.secret.begin &&
                                     a.secret.end == b.secret.end;
                            }),
                matches.end());
  return matches;
}

judge::Company Scanner::company_of(std::size_t text_size, const Candidates& candidates) const {
  judge::Company company(text_size);
  for (const Candidate& candidate : candidates) {
    if (candidate.outcome() == Candidate::Outcome::nothing) continue;
    if (matchers_[candidate.rule()].rule().is_judged) company.add(candidate.secret(), candidate.likeness);
  }
  company.close();
  return company;
}

void Scanner::add_judged(const judge::Company& company, const Candidates& candidates,
                         std::vector<Match>& matches) const {
  const judge::Model& model = judge::Model::builtin();
  for (const Candidate& candidate : candidates) {
    if (!candidate.features) continue;
    judge::Features features = *candidate.features;
    company.describe(candidate.secret(), candidate.likeness, features);
    const judge::Evidence evidence = judge::evidence_of(model, features);
    if (!judge::is_worth_placing(model, evidence)) continue;
    const Rule& rule = matchers_[candidate.rule()].rule();
    matches.push_back({&rule, candidate.whole(), candidate.secret(), rule.confidence, rule.severity,
                       std::make_shared<const judge::Evidence>(evidence), {}});
  }
}

std::vector<Match> Scanner::judged_candidates(std::string_view text, const Candidates& candidates,
                                              const judge::Model& model) const {
  const judge::Company company = company_of(text.size(), candidates);
  std::vector<Match> matches;
  for (const Candidate& candidate : candidates) {
    if (!candidate.features) continue;
    const Rule& rule = matchers_[candidate.rule()].rule();
    judge::Features features =
        judge::describe(model, providers_, judge::subject_of(text, rule, candidate.keyword(), candidate.secret()));
    company.describe(candidate.secret(), candidate.likeness, features);
    matches.push_back({&rule, candidate.whole(), candidate.secret(), rule.confidence, rule.severity,
                       std::make_shared<const judge::Evidence>(judge::evidence_of(model, features)), {}});
  }
  return matches;
}

Search::Search(const Scanner& scanner)
    : scanner_(scanner),
      uses_(1),
      use_number_(scanner.keywords_.rules.size()),
      gates_(scanner.matchers_.size()),
      glances_(scanner.matchers_.size()) {}

const Search::Use& Search::use_of(std::uint32_t place, std::uint32_t literal) {
  std::uint32_t& number = use_number_[place];
  if (number == 0) {
    number = static_cast<std::uint32_t>(uses_.size());
    uses_.push_back(learn(scanner_.keywords_.rules[place], scanner_.keywords_.literals[literal]));
  }
  return uses_[number];
}

Search::Use Search::learn(std::uint32_t rule, std::string_view literal) {
  const Matcher& matcher = scanner_.matchers_[rule];
  return {rule, matcher.rule().text_only,
          gate_of(rule) == nullptr ? any_neighbours() : neighbours_of(*matcher.positions(), literal)};
}

Gate* Search::gate_of(std::uint32_t rule) {
  std::unique_ptr<Gate>& gate = gates_[rule];
  if (scanner_.matchers_[rule].rule().shape != rules::Shape::pattern) return nullptr;
  if (!gate) {
    const rules::Positions* const positions = scanner_.matchers_[rule].positions();
    if (positions == nullptr) return nullptr;
    gate = std::make_unique<Gate>(*positions);
  }
  return gate.get();
}

// True when nothing is there, and making a gate to tell so would have taken longer than to look at what is around a
// few keywords.
bool Search::is_told_without_gate(std::uint32_t place, std::string_view text, Span keyword) {
  constexpr std::uint8_t most_glances = 32;
  const std::uint32_t rule = scanner_.keywords_.rules[place];
  const Matcher& matcher = scanner_.matchers_[rule];
  if (gates_[rule] || glances_[rule] == most_glances) return false;
  if (matcher.rule().shape != rules::Shape::pattern || !matcher.rule().keyword_inside) return false;
  ++glances_[rule];
  return !matcher.has_room_for_match(text, keyword);
}

void Search::search(std::string_view text, bool is_binary, Span part, Wanted wanted, Candidates& out) {
  scanner_.prefilter_.search(
      text, part.begin, part.end, [&](std::uint32_t keyword, std::size_t begin, std::size_t size) {
        const unsigned before = symbol_at(text, begin - 1);
        const unsigned behind = symbol_at(text, begin + size);
        for (std::uint32_t i = scanner_.keywords_.first_rule[keyword]; i < scanner_.keywords_.first_rule[keyword + 1]; ++i) {
          if (wanted == Wanted::what_counts && is_told_without_gate(i, text, {begin, begin + size})) continue;
          const Use& use = use_of(i, keyword);
          if (!use.neighbours.behind.holds(behind) || !use.neighbours.before.holds(before)) continue;
          if (is_binary && use.is_text_only) continue;
          const Matcher& matcher = scanner_.matchers_[use.rule];
          matcher.evaluate(text, {begin, begin + size}, gate_of(use.rule), out);
        }
      });
  if (scanner_.keywords_.uuid_rules.empty() || is_binary) return;
  for_each_uuid_dashes(text, part.begin, part.end, [&](std::size_t begin) {
    for (const std::uint32_t rule : scanner_.keywords_.uuid_rules) {
      scanner_.matchers_[rule].evaluate(text, {begin, begin + uuid_dashes}, nullptr, out);
    }
  });
}

Candidates Search::scan_all(std::string_view text, bool is_binary, Wanted wanted) {
  Candidates candidates;
  search(text, is_binary, {0, text.size()}, wanted, candidates);
  order(candidates);
  return candidates;
}

void Search::scan_some(std::string_view text, bool is_binary, Span part, Wanted wanted, Candidates& candidates) {
  candidates.clear();
  const std::size_t reach = std::min(scanner_.keywords_.reach_behind, text.size() - part.end);
  search(text, is_binary, {part.begin, part.end + reach}, wanted, candidates);
  std::erase_if(candidates, [&](const Candidate& candidate) { return candidate.keyword().begin >= part.end; });
  order(candidates);
}

Candidates Search::scan_changed(std::string_view text, bool is_binary,
                                std::span<const CopiedRange> copied, const Candidates& base,
                                std::size_t base_size) {
  const std::size_t before = scanner_.keywords_.reach_before;
  const std::size_t behind = scanner_.keywords_.reach_behind;
  Candidates candidates;
  Candidates kept;  // from the base, in order
  Span part;  // being widened, not yet searched
  std::size_t at = 0;
  const auto look_at = [&](std::size_t begin, std::size_t end) {
    begin -= std::min(before, begin);
    end += std::min(behind, text.size() - end);
    if (begin > part.end) {
      search(text, is_binary, part, Wanted::all, candidates);
      part.begin = begin;
    }
    part.end = end;
  };
  const bool both_end = !copied.empty() && copied.back().begin + copied.back().size == text.size() &&
                        copied.back().from + copied.back().size == base_size;
  kept.reserve(base.size());
  auto next = base.begin();
  for (const CopiedRange& range : copied) {
    const bool both_begin = range.begin == 0 && range.from == 0;
    if (!both_begin) look_at(at, range.begin);
    at = range.begin + range.size;
    const bool is_end = both_end && at == text.size();
    const Span apart{both_begin ? 0 : range.begin + behind, is_end ? at : at - std::min(before, at)};
    next = first_from(base, range.from, next);
    inherit(text, {range, apart}, {base, next, base_size}, {kept, candidates});
  }
  if (!both_end) look_at(at, text.size());
  search(text, is_binary, part, Wanted::all, candidates);
  order(candidates);
  return joined(std::move(kept), candidates);
}

// What the base has in a range: as it was when nothing that had a say has changed, else evaluated anew, unless the
// search meets it, too.
void Search::inherit(std::string_view text, const Copied& copied, const Base& base, const Inheritance& out) {
  const CopiedRange& range = copied.range;
  const std::size_t end = range.from + range.size;
  const bool same_begin = range.begin == 0 && range.from == 0;
  const bool same_end = end == base.size && range.begin + range.size == text.size();
  for (auto one = base.first; one != base.candidates.end() && one->keyword().begin < end; ++one) {
    if (one->keyword().end > end) continue;
    const Look look = one->look();
    const bool is_same = look.begin >= range.from && look.end <= end && (!look.saw_begin || same_begin) &&
                         (!look.saw_end || same_end);
    if (is_same) {
      out.kept.push_back(*one);
      out.kept.back().move(range.from, range.begin);
    } else {
      const Span old = one->keyword();
      const Span keyword{old.begin - range.from + range.begin, old.end - range.from + range.begin};
      if (keyword.end <= copied.apart.begin || keyword.begin >= copied.apart.end) continue;
      scanner_.matchers_[one->rule()].evaluate(text, keyword, gate_of(one->rule()), out.anew);
    }
  }
}

bool applies_to(const Rule& rule, std::string_view path) {
  const auto any = [&](rules::Strings globs) {
    return std::any_of(globs.begin(), globs.end(),
                       [&](std::string_view glob) { return base::path_matches(glob, path); });
  };
  if (!rule.include_paths.empty() && !any(rule.include_paths)) return false;
  return path.empty() || !any(rule.exclude_paths);
}

std::optional<Confidence> confidence_at(const Match& match, std::string_view path) {
  if (!applies_to(*match.rule, path)) return {};
  if (!match.evidence) return match.confidence;
  judge::Evidence evidence = *match.evidence;
  const auto verdict = judge::decide(judge::Model::builtin(), evidence, path);
  if (!verdict) return {};
  return std::min(verdict->confidence, match.confidence);
}

std::string reasons_at(const Match& match, std::string_view path) {
  if (!match.evidence) return {};
  judge::Evidence evidence = *match.evidence;
  const auto verdict = judge::decide(judge::Model::builtin(), evidence, path);
  return verdict ? judge::reasons_for(evidence.features, verdict->score) : std::string();
}

void keep_most_specific(std::vector<Match>& matches) {
  const auto rank = [](const Match& match) {
    return std::make_tuple(static_cast<int>(match.confidence), static_cast<int>(match.severity),
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
