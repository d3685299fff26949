#include "scan/prefilter.h"

#include <algorithm>

namespace sluice::scan {
namespace {

constexpr std::uint32_t none = 0xFFFFFFFF;

bool is_upper(int c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

Prefilter::Prefilter(const std::vector<Literal>& literals) {
  classify_bytes(literals);
  RulesOfState ends = build_trie(literals);
  fill_transitions(ends);
  index_outputs(ends);
}

void Prefilter::classify_bytes(const std::vector<Literal>& literals) {
  for (const Literal& literal : literals) {
    for (const char c : literal.text) {
      std::uint8_t& one = class_of_[static_cast<unsigned char>(c)];
      if (one == 0) one = static_cast<std::uint8_t>(width_++);
    }
  }
  for (int c = 0; c < 256; ++c) {
    if (is_upper(c)) class_of_[c] = class_of_[c + 32];
  }
}

Prefilter::RulesOfState Prefilter::build_trie(const std::vector<Literal>& literals) {
  next_.assign(width_, none);
  RulesOfState ends(1);
  for (const Literal& literal : literals) {
    std::uint32_t state = 0;
    for (const char c : literal.text) {
      const std::size_t slot = state * width_ + class_of_[static_cast<unsigned char>(c)];
      if (next_[slot] == none) {
        next_[slot] = static_cast<std::uint32_t>(ends.size());
        ends.emplace_back();
        next_.resize(next_.size() + width_, none);
      }
      state = next_[slot];
    }
    ends[state].push_back(literal.rule);
  }
  return ends;
}

// Breadth first: a state's missing transitions are those of its longest proper suffix, and what ends
// in the suffix ends in the state, too.
void Prefilter::fill_transitions(RulesOfState& ends) {
  std::vector<std::uint32_t> suffix(ends.size(), 0);
  std::vector<std::uint32_t> queue;
  for (std::uint32_t c = 0; c < width_; ++c) {
    if (next_[c] == none) {
      next_[c] = 0;
    } else {
      queue.push_back(next_[c]);
    }
  }
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const std::uint32_t state = queue[head];
    const std::uint32_t shorter = suffix[state];
    ends[state].insert(ends[state].end(), ends[shorter].begin(), ends[shorter].end());
    for (std::uint32_t c = 0; c < width_; ++c) {
      std::uint32_t& target = next_[state * width_ + c];
      if (target == none) {
        target = next_[shorter * width_ + c];
      } else {
        suffix[target] = next_[shorter * width_ + c];
        queue.push_back(target);
      }
    }
  }
}

void Prefilter::index_outputs(RulesOfState& ends) {
  outputs_.push_back(0);
  for (std::vector<std::uint32_t>& rules : ends) {
    std::sort(rules.begin(), rules.end());
    rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
    rules_.insert(rules_.end(), rules.begin(), rules.end());
    outputs_.push_back(static_cast<std::uint32_t>(rules_.size()));
  }
  for (std::uint32_t& target : next_) {
    const bool literals_end = outputs_[target] < outputs_[target + 1];
    target = target * width_ | (literals_end ? ends_here : 0);
  }
}

}  // namespace sluice::scan
