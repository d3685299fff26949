#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "judge/word_cursor.h"

namespace sluice::judge {

/// Sets of words that are asked about together: one look in a table, made when the program is compiled, tells in which
/// of them a word is. `Slots` is a power of two, and twice as many as there are words or more.
template <std::size_t Slots>
class WordKinds {
 public:
  /// The words of which `bit` is told.
  struct Kind {
    std::uint32_t bit;
    std::initializer_list<std::string_view> words;
  };

  consteval WordKinds(std::initializer_list<Kind> kinds) {
    for (const Kind& kind : kinds) {
      for (const std::string_view one : kind.words) add(one, kind.bit);
    }
  }

  /// The bits of the word with this hash_of(); in lower or upper case.
  constexpr std::uint32_t of(std::uint32_t hash) const {
    for (std::size_t at = first_of(hash); slots_[at].bits != 0; at = (at + 1) % Slots) {
      if (slots_[at].hash == hash) return slots_[at].bits;
    }
    return 0;
  }

  /// Whether a word of two letters or more that begins with these may be among them.
  constexpr bool may_begin(char first, char second) const { return (pairs_[place_of(first)] >> place_of(second) & 1u) != 0; }

  /// Whether a word of `size` bytes that begins with `first` may be among them: told sooner than its hash.
  constexpr bool may_hold(char first, std::size_t size) const { return (sizes_[place_of(first)] >> (size & 31u) & 1u) != 0; }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t bits = 0;
  };

  // FNV mixes its high bits best.
  static constexpr std::size_t first_of(std::uint32_t hash) { return (hash ^ hash >> 15) % Slots; }

  static constexpr unsigned place_of(char c) { return static_cast<unsigned char>(c) & 31u; }

  consteval void add(std::string_view one, std::uint32_t bit) {
    const std::uint32_t hash = hash_of(one);
    std::size_t at = first_of(hash);
    while (slots_[at].bits != 0 && slots_[at].hash != hash) at = (at + 1) % Slots;
    count_ += slots_[at].bits == 0;
    if (2 * count_ > Slots) throw "more words than the table has room for";
    slots_[at] = {hash, slots_[at].bits | bit};
    sizes_[place_of(one.front())] |= 1u << (one.size() & 31u);
    if (one.size() > 1) pairs_[place_of(one[0])] |= 1u << place_of(one[1]);
  }

  std::array<Slot, Slots> slots_{};
  std::array<std::uint32_t, 32> sizes_{};  // by first letter
  std::array<std::uint32_t, 32> pairs_{};  // of second letters, by the first
  std::size_t count_ = 0;
};

}  // namespace sluice::judge
