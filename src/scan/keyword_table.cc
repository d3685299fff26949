#include "scan/keyword_table.h"

#include <algorithm>
#include <tuple>

#include "scan/gate.h"
#include "scan/uuid.h"

namespace sluice::scan {

using rules::Rule;

namespace {

// A rule's literal. They are put in order when a commit waits for it, so most are told apart by one number.
struct Keyword {
  Keyword(std::string_view text, std::uint32_t of_rule) : literal(text), rule(of_rule) {
    for (std::size_t i = 0; i < sizeof head; ++i) {
      head = head << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0u);
    }
  }

  friend bool operator<(const Keyword& a, const Keyword& b) {
    if (a.head != b.head) return a.head < b.head;
    return std::tie(a.literal, a.rule) < std::tie(b.literal, b.rule);
  }

  std::uint64_t head = 0;  // its first eight bytes
  std::string_view literal;
  std::uint32_t rule;
};

std::string_view literal_of(const Rule& rule, std::string_view keyword) {
  const bool may_shorten = rule.keyword_inside && !rule.is_judged;
  return may_shorten ? rarest_part(keyword, longest_literal) : keyword;
}

std::vector<Keyword> keywords_in_order(const std::vector<const Rule*>& rules) {
  std::vector<Keyword> keywords;
  keywords.reserve(4 * rules.size());
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    for (const std::string_view keyword : rules[i]->keywords) keywords.emplace_back(literal_of(*rules[i], keyword), i);
  }
  std::sort(keywords.begin(), keywords.end());
  return keywords;
}

}  // namespace

KeywordArrays::KeywordArrays(const std::vector<const Rule*>& rules) {
  for (std::uint32_t i = 0; i < rules.size(); ++i) {
    if (rules[i]->shape == rules::Shape::uuid) uuid_rules_.push_back(i);
  }
  if (!uuid_rules_.empty()) widen_for(uuid_dashes, false);
  const Keyword* last = nullptr;
  const std::vector<Keyword> keywords = keywords_in_order(rules);
  for (const Keyword& keyword : keywords) {
    const bool is_same = last != nullptr && keyword.literal == last->literal;
    if (is_same && keyword.rule == last->rule) continue;
    last = &keyword;
    // What a gate has passed over at a glance must be met again when that has changed.
    widen_for(keyword.literal.size(), rules[keyword.rule]->keyword_inside);
    if (!is_same) {
      literals_.push_back(keyword.literal);
      first_rule_.push_back(static_cast<std::uint32_t>(rules_.size()));
    }
    rules_.push_back(keyword.rule);
  }
  first_rule_.push_back(static_cast<std::uint32_t>(rules_.size()));
  prefilter_ = PrefilterArrays(literals_);
}

void KeywordArrays::widen_for(std::size_t literal, bool has_gate) {
  reach_before_ = std::max(reach_before_, literal + (has_gate ? Gate::reach_after + 1 : 0));
  reach_behind_ = std::max(reach_behind_, literal + (has_gate ? Gate::reach_before + 1 : 0));
}

KeywordTable KeywordArrays::table() const {
  return {literals_, rules_, first_rule_, uuid_rules_, reach_before_, reach_behind_, prefilter_.tables()};
}

}  // namespace sluice::scan
