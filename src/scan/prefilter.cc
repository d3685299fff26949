#include "scan/prefilter.h"

#include <algorithm>
#include <array>

namespace sluice::scan {
namespace {

std::uint32_t gram_at(std::string_view literal, std::size_t at) {
  std::array<char, GramTable::gram_size> bytes{};
  std::copy_n(literal.begin() + static_cast<std::ptrdiff_t>(at), std::min(bytes.size(), literal.size() - at), bytes.begin());
  return GramTable::folded(bytes.data());
}

// Where the gram of `literal` begins that is met least.
std::uint32_t rarest_gram(std::string_view literal) {
  std::uint32_t best = 0;
  unsigned least = 16;
  for (std::uint32_t at = 0; least > 0 && at + GramTable::gram_size <= literal.size(); ++at) {
    const unsigned cost = GramTable::cost_of(gram_at(literal, at));
    if (cost >= least) continue;
    least = cost;
    best = at;
  }
  return best;
}

std::uint64_t as_number(const std::array<char, 8>& bytes) {
  std::uint64_t number;
  std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

PrefilterTables::Entry entry_of(std::string_view text, std::uint32_t literal, std::uint32_t gram_offset) {
  std::array<char, 8> head{};
  std::array<char, 8> case_bits{};
  std::array<char, 8> mask{};
  for (std::size_t i = 0; i < std::min(text.size(), head.size()); ++i) {
    head[i] = text[i];
    case_bits[i] = text[i] >= 'a' && text[i] <= 'z' ? '\x20' : '\0';
    mask[i] = '\xFF';
  }
  return {as_number(head), as_number(case_bits), as_number(mask), literal, gram_offset,
          static_cast<std::uint32_t>(text.size())};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

std::string_view rarest_part(std::string_view literal, std::size_t size) {
  if (literal.size() <= size) return literal;
  const std::size_t gram = rarest_gram(literal);
  const std::size_t before = (size - GramTable::gram_size) / 2;
  return literal.substr(std::min(gram - std::min(gram, before), literal.size() - size), size);
}

PrefilterArrays::PrefilterArrays(std::span<const std::string_view> literals) : literals_(literals) {
  if (literals_.empty()) return;
  rows_.resize(GramTable::row_count);
  first_entry_.resize(GramTable::row_count + 1);
  grams_.resize(literals_.size());
  entries_.resize(literals_.size());
  std::vector<std::uint32_t> offsets(literals_.size());
  std::vector<PrefilterTables::Gram> grams(literals_.size());
  for (std::uint32_t i = 0; i < literals_.size(); ++i) {
    const std::string_view text = literals_[i];
    offsets[i] = rarest_gram(text);
    const bool has_fourth = text.size() >= GramTable::gram_size;
    grams[i] = {gram_at(text, offsets[i]), has_fourth ? 0xFFFFFFFFu : 0x00FFFFFFu};
    GramTable::add(grams[i].bytes, has_fourth, rows_);
    if (!has_fourth) of_three_bytes_.push_back(i);
    ++first_entry_[GramTable::row_of(grams[i].bytes)];
  }
  // Each row's end first; filling the rows from behind makes it the row's beginning.
  for (std::size_t row = 1; row < first_entry_.size(); ++row) first_entry_[row] += first_entry_[row - 1];
  for (std::uint32_t i = static_cast<std::uint32_t>(literals_.size()); i-- > 0;) {
    const std::uint32_t entry = --first_entry_[GramTable::row_of(grams[i].bytes)];
    grams_[entry] = grams[i];
    entries_[entry] = entry_of(literals_[i], i, offsets[i]);
  }
}

PrefilterTables PrefilterArrays::tables() const {
  return {literals_, rows_, first_entry_, grams_, entries_, of_three_bytes_};
}

bool Prefilter::stands_at(std::uint32_t literal, std::string_view text) const {
  const std::string_view wanted = tables_.literals[literal];
  if (text.size() < wanted.size()) return false;
  return std::equal(wanted.begin(), wanted.end(), text.begin(),
                    [](char a, char b) { return a == lower(b); });
}

}  // namespace sluice::scan
