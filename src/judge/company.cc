#include "judge/company.h"

#include <algorithm>
#include <cmath>

#include "judge/characters.h"
#include "judge/word_cursor.h"

namespace sluice::judge {
namespace {

// A value's form: its length and which classes of bytes it has.
std::uint32_t form_of(std::size_t size, std::uint32_t classes) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(size, 1u << 20)) << 4 | classes;
}

// How many `is_before` holds for, the first ones. Without a branch that the processor would have to guess.
template <class Number, class IsBefore>
std::size_t count_before(const std::vector<Number>& sorted, IsBefore is_before) {
  const Number* first = sorted.data();
  std::size_t left = sorted.size();
  while (left > 0) {
    const std::size_t half = (left + 1) / 2;
    first += half & (std::size_t{0} - std::size_t{is_before(first[half - 1])});
    left -= half;
  }
  return static_cast<std::size_t>(first - sorted.data());
}

template <class Number>
std::size_t count_less(const std::vector<Number>& sorted, Number number) {
  return count_before(sorted, [&](Number one) { return one < number; });
}

}  // namespace

Likeness likeness_of(const Subject& subject) {
  const std::string_view value = part(subject.text, subject.value);
  std::uint32_t hash = hash_start, classes = 0;
  for (const char c : value) {
    hash = hash_byte(hash, c);
    classes |= byte_kind(c);
  }
  return {hash_of(part(subject.text, subject.name)), hash, form_of(value.size(), classes)};
}

void Company::add(rules::Span value, const Likeness& likeness) {
  // Several rules may have seen one value, which is never empty.
  const auto is_same = [&](rules::Span other) { return other.begin == value.begin && other.end == value.end; };
  if (std::any_of(last_.begin(), last_.end(), is_same)) return;
  last_[next_++ % last_.size()] = value;
  names_.add(likeness.name);
  forms_.add(likeness.form);
  texts_.add(likeness.value);
  begins_.push_back(value.begin);
}

void Company::Counted::close() {
  std::sort(hashes_.begin(), hashes_.end());
  std::size_t distinct = 0;
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    if (distinct == 0 || hashes_[distinct - 1] != hashes_[i]) {
      hashes_[distinct++] = hashes_[i];
      counts_.push_back(0);
    }
    ++counts_.back();
  }
  hashes_.resize(distinct);
}

float Company::Counted::count_of(std::uint32_t hash) const {
  const std::size_t at = count_less(hashes_, hash);
  return at < hashes_.size() && hashes_[at] == hash ? static_cast<float>(counts_[at]) : 0.0f;
}

void Company::close() {
  names_.close();
  forms_.close();
  texts_.close();
  std::sort(begins_.begin(), begins_.end());
  log2_of_size_ = std::log2(static_cast<float>(text_size_ + 1));
}

void Company::describe(rules::Span value, const Likeness& likeness, Features& out) const {
  const auto count = static_cast<float>(begins_.size());
  out[f_candidates] = count;
  out[f_candidates_per_kilobyte] = count * 1024 / static_cast<float>(text_size_ + 64);
  out[f_same_name] = names_.count_of(likeness.name);
  out[f_same_value] = texts_.count_of(likeness.value);
  out[f_same_form] = forms_.count_of(likeness.form);
  const std::size_t begin = value.begin;
  const std::size_t before = begin - std::min<std::size_t>(256, begin);
  out[f_on_line] = static_cast<float>(count_less(begins_, begin + 256) - count_less(begins_, before));
  out[f_text_size] = log2_of_size_;
}

}  // namespace sluice::judge
