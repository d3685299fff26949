#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "judge/subject.h"
#include "judge/value_bytes.h"
#include "judge/word_map.h"

namespace sluice::judge {

/// A word of a text (for_each_word).
struct Word {
  std::size_t begin;
  std::size_t size;

  std::size_t end() const { return begin + size; }
};

/// The words of a stretch of text, of its first 192 bytes.
class Words {
 public:
  static constexpr std::size_t reach = WordMap::reach;

  /// A word that began before the stretch is left out.
  Words(std::string_view text, rules::Span span)
      : Words(WordMap(text, {span.begin, std::min(span.end, span.begin + reach)}), text, span) {}

  /// Likewise; `span` lies in that of `map`, a map of `text`.
  Words(const WordMap& map, std::string_view text, rules::Span span);

  /// The words of `text` alone, whatever stands before it.
  explicit Words(std::string_view text) : Words(text, {0, text.size()}) {}

  std::span<const Word> all() const { return {words_.data() + 1, count_}; }

 private:
  std::array<Word, reach / 2 + 2> words_;  // `count_` of them, behind the one that began before
  std::size_t count_ = 0;
};

/// The words of a name, and their hashes (hash_of).
class NameWords {
 public:
  /// `map`: of the text, perhaps of where the name is.
  NameWords(std::string_view text, rules::Span name, const WordMap& map);

  /// What the places of the words are places of.
  std::string_view text() const { return text_; }
  std::span<const Word> all() const { return words_.all(); }
  std::span<const std::uint32_t> hashes() const { return {hashes_.data(), words_.all().size()}; }

 private:
  std::string_view text_;
  Words words_;
  std::array<std::uint32_t, Words::reach / 2 + 1> hashes_;
};

/// What is read once of a candidate for all who ask: the bytes of its value, the words of its name, and its line with
/// the words in it.
class Context {
 public:
  /// Bytes on either side of the value that are near to it, whatever their lines.
  static constexpr std::size_t near = 128;

  explicit Context(const Subject& subject);

  const ValueBytes& value() const { return value_; }
  const NameWords& name() const { return name_; }

  /// The value's line, at most 160 bytes on either side of the value.
  rules::Span line() const { return line_; }

  /// What stands between name and value, the last 48 bytes of it.
  rules::Span gap() const { return gap_; }

  /// Where the name or the value begins, whichever is first, but not before the line.
  std::size_t start() const { return start_; }

  /// The words of what is near on either side of the value, and of its line.
  const WordMap& map_before() const { return map_before_; }
  const WordMap& map_behind() const { return map_behind_; }

  /// The line's words before the value, and of those the ones that end before the name begins.
  std::span<const Word> words_before() const { return before_.all(); }
  std::span<const Word> words_before_name() const;

  /// The line's words behind the value.
  std::span<const Word> words_behind() const { return behind_.all(); }

 private:
  rules::Span line_;
  rules::Span gap_;
  std::size_t start_ = 0;
  ValueBytes value_;
  WordMap map_before_;
  WordMap map_behind_;
  NameWords name_;
  Words before_;
  Words behind_;
};

}  // namespace sluice::judge
