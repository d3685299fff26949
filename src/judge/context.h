#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "judge/subject.h"

namespace sluice::judge {

/// A word of a text (for_each_word).
struct Word {
  std::size_t begin;
  std::size_t size;

  std::size_t end() const { return begin + size; }
};

/// The words of a stretch of text, of at most 192 bytes; one that began before it is left out.
class Words {
 public:
  static constexpr std::size_t reach = 192;

  Words(std::string_view text, rules::Span span);

  std::span<const Word> all() const { return {words_.data(), count_}; }

 private:
  std::array<Word, reach / 2 + 1> words_;  // the first `count_`
  std::size_t count_ = 0;
};

/// What stands around a value, read once for all who ask: its line and the words on either side.
class Context {
 public:
  /// Bytes on either side of the value whose words are known, or more where its line has more.
  static constexpr std::size_t near = 128;

  explicit Context(const Subject& subject);

  /// The value's line, at most 160 bytes on either side of the value.
  rules::Span line() const { return line_; }

  /// What stands between name and value, the last 48 bytes of it.
  rules::Span gap() const { return gap_; }

  /// Where the name or the value begins, whichever is first, but not before the line.
  std::size_t start() const { return start_; }

  /// The words that begin at `begin` or later and end at `end` or before, all before the value.
  std::span<const Word> before(std::size_t begin, std::size_t end) const;

  /// The words behind the value that end at `end` or before.
  std::span<const Word> behind(std::size_t end) const;

 private:
  rules::Span line_;
  rules::Span gap_;
  std::size_t start_ = 0;
  Words before_;
  Words behind_;
};

}  // namespace sluice::judge
