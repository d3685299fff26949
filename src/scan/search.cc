#include "scan/search.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "scan/uuid.h"

namespace sluice::scan {

using base::CopiedRange;
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
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all), comes_before);
  drop_twins(all);
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

}  // namespace sluice::scan
