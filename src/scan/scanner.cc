#include "scan/scanner.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "scan/search.h"

namespace sluice::scan {

using rules::Rule;

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
    judge::Evidence evidence{*candidate.features, {}};
    company.describe(candidate.secret(), candidate.likeness, evidence.features);
    judge::ask(model, evidence);
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
    judge::Evidence evidence{
        judge::describe(model, providers_, judge::subject_of(text, rule, candidate.keyword(), candidate.secret())), {}};
    company.describe(candidate.secret(), candidate.likeness, evidence.features);
    judge::ask(model, evidence);
    matches.push_back({&rule, candidate.whole(), candidate.secret(), rule.confidence, rule.severity,
                       std::make_shared<const judge::Evidence>(evidence), {}});
  }
  return matches;
}

}  // namespace sluice::scan
