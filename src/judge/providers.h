#pragma once

#include <bitset>
#include <cstdint>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "judge/context.h"
#include "rules/rule.h"

namespace sluice::judge {

/// What providers are called whose keys have a known form, and how their tokens begin: the keywords of the rules.
/// Made when it is first asked. Thread-safe.
class Providers {
 public:
  /// `rules` must outlive this.
  explicit Providers(std::vector<const rules::Rule*> rules = {}) : rules_(std::move(rules)) {}
  Providers(const Providers&) = delete;
  Providers& operator=(const Providers&) = delete;

  /// Whether the name of one begins with one of these words of `text`, in any case, in camel case, or joined by `_`,
  /// `-`, `.` or a blank: `PAGERDUTY_KEY`, `open weather token`.
  bool are_named_in(std::string_view text, std::span<const Word> words) const;

  /// Whether one of these is the name of one that is shorter than those: `aws_key`.
  bool is_word_of(const NameWords& name) const;

  /// Whether `value` begins as the tokens of one do: `glpat-`, `xoxb-`.
  bool issue(std::string_view value) const;

 private:
  /// Hashes of words, most of which are told from others by one bit.
  struct Hashes {
    void add(std::uint32_t hash);
    void close();
    bool hold(std::uint32_t hash) const;

    std::bitset<(1u << 14)> filter;
    std::vector<std::uint32_t> sorted;
  };

  void learn() const;
  void add_name(std::string_view name) const;
  void add_prefix(std::string_view prefix) const;
  bool may_begin_name(std::string_view text) const;
  bool begins_name(std::string_view text) const;

  std::vector<const rules::Rule*> rules_;
  mutable std::once_flag learnt_;
  mutable Hashes names_;
  mutable std::bitset<(1u << 16)> starts_;  // of the first four letters of each, as hashes
  mutable std::bitset<(1u << 16)> longer_starts_;  // of the first five of each and more, likewise
  mutable Hashes short_names_;  // of three and four letters
  mutable Hashes prefixes_;
  mutable Hashes prefix_starts_;  // of the first bytes of each
};

}  // namespace sluice::judge
