#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "rules/positions.h"

namespace sluice::rules {
namespace {

constexpr std::size_t most_steps = 4'000'000;

// The automaton of Aho and Corasick for a few words, over lower-case letters.
class WordAutomaton {
 public:
  static constexpr std::uint32_t found = 0xFFFFFFFF;

  explicit WordAutomaton(std::span<const std::string_view> words) {
    prefixes_[""] = 0;
    for (const std::string_view word : words) {
      for (std::size_t size = 1; size <= word.size(); ++size) {
        prefixes_.emplace(std::string(word.substr(0, size)), prefixes_.size());
      }
    }
    texts_.resize(prefixes_.size());
    for (const auto& [text, state] : prefixes_) texts_[state] = text;
    ends_.resize(texts_.size(), false);
    for (std::size_t state = 0; state < texts_.size(); ++state) {
      for (const std::string_view word : words) {
        const std::string& text = texts_[state];
        ends_[state] = ends_[state] || (text.size() >= word.size() &&
                                        text.compare(text.size() - word.size(), word.size(), word) == 0);
      }
    }
  }

  std::size_t states() const { return texts_.size(); }

  // The state behind `symbol`, lower case; `found` when a word is complete.
  std::uint32_t step(std::uint32_t state, char symbol) const {
    const std::string text = texts_[state] + symbol;
    for (std::size_t skip = 0;; ++skip) {
      const auto known = prefixes_.find(text.substr(skip));
      if (known == prefixes_.end()) continue;
      return ends_[known->second] ? found : static_cast<std::uint32_t>(known->second);
    }
  }

 private:
  std::map<std::string, std::size_t> prefixes_;
  std::vector<std::string> texts_;
  std::vector<bool> ends_;
};

char to_lower(unsigned symbol) {
  return static_cast<char>(symbol >= 'A' && symbol <= 'Z' ? symbol + 32 : symbol);
}

// The letters that words are made of which `set` holds in any case, and 0 for any other byte.
std::string symbols_in(const ByteSet& set, const std::string& letters) {
  std::string symbols;
  for (unsigned c = 0; c < 256; ++c) {
    if (!set.holds(c)) continue;
    const char letter = letters.find(to_lower(c)) == std::string::npos ? '\0' : to_lower(c);
    if (symbols.find(letter) == std::string::npos) symbols += letter;
  }
  return symbols;
}

// Looks for a way through the expression on which no word is ever complete.
class WayAround {
 public:
  WayAround(const Positions& positions, std::span<const std::string_view> words)
      : positions_(positions), automaton_(words) {
    std::string letters;
    for (const std::string_view word : words) letters += word;
    for (const ByteSet& set : positions.sets) symbols_.push_back(symbols_in(set, letters));
    seen_.assign(positions.count() * automaton_.states(), false);
    steps_.assign(automaton_.states(), {});
  }

  // True when there is one, or when there is no telling.
  bool exists() {
    if (positions_.can_be_empty) return true;
    positions_.first.for_each([&](std::uint32_t position) { enter(position, 0); });
    for (std::size_t work = 0; !pending_.empty(); ++work) {
      if (is_found_ || work > most_steps) return true;
      const auto [position, state] = pending_.back();
      pending_.pop_back();
      positions_.followers[position].for_each([&](std::uint32_t next) { enter(next, state); });
    }
    return is_found_;
  }

 private:
  void enter(std::uint32_t position, std::uint32_t state) {
    if (positions_.is_outside[position]) return arrive(position, state);
    for (const char symbol : symbols_[position]) {
      const std::uint32_t next = step(state, symbol);
      if (next != WordAutomaton::found) arrive(position, next);
    }
  }

  void arrive(std::uint32_t position, std::uint32_t state) {
    auto seen = seen_[position * automaton_.states() + state];
    if (seen) return;
    seen_[position * automaton_.states() + state] = true;
    if (positions_.last.holds(position)) is_found_ = true;
    pending_.emplace_back(position, state);
  }

  std::uint32_t step(std::uint32_t state, char symbol) {
    auto& known = steps_[state];
    const auto [at, fresh] = known.try_emplace(symbol, 0);
    if (fresh) at->second = automaton_.step(state, symbol);
    return at->second;
  }

  const Positions& positions_;
  WordAutomaton automaton_;
  std::vector<std::string> symbols_;
  std::vector<bool> seen_;
  std::vector<std::map<char, std::uint32_t>> steps_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pending_;
  bool is_found_ = false;
};

}  // namespace

bool always_contains(std::string_view expression, std::span<const std::string_view> keywords) {
  const std::optional<Positions> positions = positions_of(expression);
  if (!positions || keywords.empty()) return false;
  return !WayAround(*positions, keywords).exists();
}

}  // namespace sluice::rules
