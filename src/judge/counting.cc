#include "judge/counting.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>

#include "judge/characters.h"

namespace sluice::judge {
namespace {

constexpr std::size_t most_counted = 256;  // bytes that are looked at
constexpr std::size_t longest_stride = 6;

// The letters and digits of a text, in lower case.
class Signs {
 public:
  explicit Signs(std::string_view text) {
    for (const char c : text) {
      if (size_ == most_counted) break;
      signs_[size_] = to_lower(c);
      size_ += is(c, alphanumeric);
    }
  }

  std::size_t longest_count(std::size_t stride) const {
    std::size_t longest = 0, run = 0;
    int last = 0;
    for (std::size_t i = stride; i < size_; ++i) {
      int step = signs_[i] - signs_[i - stride];
      // Behind 9 comes 0, behind z a.
      if (step != last && std::abs(step - last) >= 10 && is_same_kind(i, stride) && (step - last) % around(i) == 0) step = last;
      run = step == 0 || std::abs(step) > static_cast<int>(stride) ? 0 : step == last ? run + 1 : 1;
      last = step;
      if (run > 0) longest = std::max(longest, run + stride);
    }
    return longest;
  }

  // False when no `steps` steps in a row can be alike. Every so many places are looked at, and where one is like the one
  // before, those around it.
  bool may_count(std::size_t stride, std::size_t steps) const {
    const std::size_t wanted = steps - 1;  // of changes from step to step in a row
    if (steps < 3) return true;
    unsigned found = 0;  // without a branch that nobody could foretell
    for (std::size_t i = stride + wanted; i < size_; i += wanted) found |= unsigned{may_be_alike(i, stride)};
    return found != 0 && has_row(stride, wanted);
  }

 private:
  bool has_row(std::size_t stride, std::size_t wanted) const {
    for (std::size_t i = stride + wanted; i < size_; i += wanted) {
      if (!may_be_alike(i, stride)) continue;
      std::size_t begin = i, end = i + 1;
      while (begin > stride + 1 && may_be_alike(begin - 1, stride)) --begin;
      while (end < size_ && may_be_alike(end, stride)) ++end;
      if (end - begin >= wanted) return true;
    }
    return false;
  }

  // From 9 to 0 and from z to a steps are 10 and 26 less than the others, so that two differ by nothing, by that, or by 16
  // where one is of a digit, one of a letter.
  bool may_be_alike(std::size_t i, std::size_t stride) const {
    constexpr std::uint32_t alike = 1u | 1u << 10 | 1u << 16 | 1u << 26;
    const int step = signs_[i] - signs_[i - stride];
    const auto change = static_cast<unsigned>(std::abs(step - (signs_[i - 1] - signs_[i - 1 - stride])));
    return (unsigned{change < 32} & alike >> (change & 31u)) != 0;
  }

  int around(std::size_t i) const { return is(signs_[i], digit) ? 10 : 26; }
  bool is_same_kind(std::size_t i, std::size_t stride) const { return is(signs_[i], digit) == is(signs_[i - stride], digit); }

  std::array<char, most_counted + 1> signs_;
  std::size_t size_ = 0;
};

}  // namespace

std::size_t longest_count(std::string_view text) {
  const Signs signs(text);
  std::size_t longest = 0;
  for (std::size_t stride = 1; stride <= longest_stride; ++stride) longest = std::max(longest, signs.longest_count(stride));
  return longest;
}

bool counts(std::string_view text, std::size_t least) {
  if (text.size() < least) return false;
  const Signs signs(text);
  for (std::size_t stride = 1; stride <= longest_stride; ++stride) {
    if (signs.may_count(stride, least - stride) && signs.longest_count(stride) >= least) return true;
  }
  return false;
}

}  // namespace sluice::judge
