#include "scan/prefilter.h"

#include <algorithm>
#include <array>

namespace sluice::scan {
namespace {

// How common a byte is in source code and prose, roughly: bits of surprise.
constexpr std::array<std::uint8_t, 256> surprises = [] {
  std::array<std::uint8_t, 256> bits{};
  bits.fill(9);
  std::size_t rank = 0;
  for (const char c : std::string_view(" etaoinsrlcdupmh_f.g-,b(y)v;w=kx")) {
    bits[static_cast<unsigned char>(c)] = rank < 10 ? 3 : rank < 20 ? 5 : 7;
    ++rank;
  }
  return bits;
}();

unsigned surprise(char c) { return surprises[static_cast<unsigned char>(c)]; }

// Where the rarest `size` bytes of `literal` begin.
std::uint32_t rarest_at(std::string_view literal, std::size_t size) {
  std::uint32_t best = 0;
  unsigned most = 0;
  for (std::uint32_t at = 0; at + size <= literal.size(); ++at) {
    unsigned sum = 0;
    for (const char c : literal.substr(at, size)) sum += surprise(c);
    if (sum > most) {
      most = sum;
      best = at;
    }
  }
  return best;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

std::string_view rarest_part(std::string_view literal, std::size_t size) {
  return literal.substr(rarest_at(literal, size), size);
}

Prefilter::Prefilter(const std::vector<std::string_view>& literals)
    : literals_(literals), first_entry_(GramTable::row_count + 1, 0), entries_(literals.size()) {
  std::vector<std::uint32_t> offsets(literals_.size());
  std::vector<std::uint32_t> rows(literals_.size());
  for (std::uint32_t i = 0; i < literals_.size(); ++i) {
    const std::string_view text = literals_[i];
    offsets[i] = rarest_at(text, gram_size);
    std::array<char, 4> gram_bytes{};
    std::copy_n(text.begin() + offsets[i], std::min<std::size_t>(4, text.size()), gram_bytes.begin());
    const std::uint32_t gram = GramTable::folded(gram_bytes.data());
    grams_.add(gram, text.size() >= gram_size);
    if (text.size() < gram_size) of_three_bytes_.push_back(i);
    rows[i] = GramTable::row_of(gram);
    ++first_entry_[rows[i]];
  }
  // Each row's end first; filling the rows from behind makes it the row's beginning.
  for (std::size_t row = 1; row < first_entry_.size(); ++row) first_entry_[row] += first_entry_[row - 1];
  for (std::uint32_t i = static_cast<std::uint32_t>(literals_.size()); i-- > 0;)
    entries_[--first_entry_[rows[i]]] = entry_of(i, offsets[i]);
}

Prefilter::Entry Prefilter::entry_of(std::uint32_t literal, std::uint32_t gram_offset) const {
  std::array<char, 8> head{};
  std::array<char, 8> case_bits{};
  std::array<char, 8> mask{};
  const std::string_view text = literals_[literal];
  for (std::size_t i = 0; i < std::min(text.size(), head.size()); ++i) {
    head[i] = text[i];
    case_bits[i] = text[i] >= 'a' && text[i] <= 'z' ? '\x20' : '\0';
    mask[i] = '\xFF';
  }
  return {eight_bytes(head.data()),
          eight_bytes(case_bits.data()),
          eight_bytes(mask.data()),
          literal,
          gram_offset,
          static_cast<std::uint32_t>(text.size())};
}

bool Prefilter::stands_at(std::uint32_t literal, std::string_view text) const {
  const std::string_view wanted = literals_[literal];
  if (text.size() < wanted.size()) return false;
  return std::equal(wanted.begin(), wanted.end(), text.begin(),
                    [](char a, char b) { return a == lower(b); });
}

}  // namespace sluice::scan
