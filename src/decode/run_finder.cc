#include "decode/run_finder.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

#include "base/bits.h"
#include "base/byte_block.h"
#include "decode/marks.h"
#include "decode/run_at.h"
#include "decode/run_bytes.h"

namespace sluice::decode {

using base::ByteBlock;

namespace {

void add(std::optional<EncodedRun> run, EncodedRuns& out) {
  if (run) out.push_back(*run);
}

void add_escapes(std::string_view text, std::size_t at, EncodedRuns& out) {
  switch (text[at]) {
    case '%': return add(escapes_at(text, at, Encoding::percent), out);
    case '\\': return add(escapes_at(text, at, Encoding::unicode_escape), out);
    case '&': return add(escapes_at(text, at, Encoding::html_escape), out);
    case '=': return add(escapes_at(text, at, Encoding::quoted_printable), out);
    default: return;
  }
}

// Which bytes of the block are digits of base64.
std::uint64_t digits_in(const ByteBlock& block) {
  const auto digits = block.folded().between('a', 'z') | block.between('/', '9') |  // `/` stands before `0`
                      block.equal('+') | block.equal('-') | block.equal('_');
  return digits.bits();
}

// Bits from which on least_run bits are set.
std::uint64_t starts_of_runs(std::uint64_t mask) {
  static_assert(least_run == 24);
  mask &= mask >> 1;
  mask &= mask >> 2;
  mask &= mask >> 4;
  const std::uint64_t sixteen = mask & mask >> 8;
  return sixteen & mask >> 16;
}

// How many digits stand before `at`, of which `most` are looked at.
std::size_t digits_before(std::string_view text, std::size_t at, std::size_t most) {
  std::size_t count = 0;
  while (count < most && is(text[at - count - 1], is_base64)) ++count;
  return count;
}

// Finds runs of digits block by block, in order. Those that begin in [from, to).
class DigitSearch {
 public:
  DigitSearch(std::string_view text, std::size_t from, std::size_t to, EncodedRuns& out)
      : text_(text), least_(from), to_(to), out_(out) {
    if (from > 0 && is(text[from - 1], is_base64)) least_ = digits_end(text, from, is_base64);
  }

  // `mask`: bytes of the block at `at` that may be digits.
  void look_at_block(std::size_t at, std::uint64_t mask) {
    mask = of_interest(mask, at);
    if (starts_of_runs(mask) != 0 || carried_ + static_cast<std::size_t>(std::countr_one(mask)) >= least_run) {
      mask = of_interest(digits_in(ByteBlock(text_.data() + at)), at);
      carried_ = digits_before(text_, at, carried_);
      mask = add_runs(at, mask);
    }
    carried_ = static_cast<std::size_t>(std::countl_one(mask));
  }

  // What is left from `at` on, where no block is read any more.
  void look_at_rest(std::size_t at) {
    at = std::max(least_, at - carried_);
    while (at < to_ && text_.size() - at >= least_run) {
      const std::size_t end = digits_end(text_.substr(0, at + least_run), at, is_base64);
      if (end - at == least_run) {
        add(digits_at(text_, at), out_);
        at = digits_end(text_, at, is_base64) + 1;
      } else {
        at = end + 1;
      }
    }
  }

 private:
  // No run begins before least_.
  std::uint64_t of_interest(std::uint64_t mask, std::size_t at) const {
    if (least_ <= at) return mask;
    return mask & ~base::first_bits(least_ - at);
  }

  // `mask`: the block's digits. Returns those behind the last run.
  std::uint64_t add_runs(std::size_t at, std::uint64_t mask) {
    while (true) {
      std::size_t begin = at - carried_;
      if (carried_ + static_cast<std::size_t>(std::countr_one(mask)) < least_run) {
        const std::uint64_t starts = starts_of_runs(mask);
        if (starts == 0) return mask;
        begin = at + static_cast<std::size_t>(std::countr_zero(starts));
      }
      if (begin >= to_) return mask;
      add(digits_at(text_, begin), out_);
      least_ = digits_end(text_, begin, is_base64) + 1;
      carried_ = 0;
      mask = of_interest(mask, at);
    }
  }

  std::string_view text_;
  std::size_t least_;
  std::size_t to_;
  EncodedRuns& out_;
  std::size_t carried_ = 0;  // no more digits than so many end the block before
};

// Whether `next` may stand behind `lead`.
bool may_follow(char lead, char next) {
  switch (lead) {
    case '%': return next >= '2' && next <= '7';
    case '\\': return next == 'u' || next == 'x';
    case '&': return next == '#' || next == 'q';
    default: return next == '3';
  }
}

// `marks`: bytes of the block at `at` that may begin escapes.
void add_marked_escapes(std::string_view text, std::size_t at, std::uint64_t marks, EncodedRuns& out) {
  for (; marks != 0; marks &= marks - 1) {
    const std::size_t lead = at + static_cast<std::size_t>(std::countr_zero(marks));
    if (may_follow(text[lead], text[lead + 1])) add_escapes(text, lead, out);
  }
}

}  // namespace

void find_runs(std::string_view text, std::size_t from, std::size_t to, EncodedRuns& out) {
  static const MarkFinder finder;
  DigitSearch digits(text, from, to, out);
  std::size_t at = from;
  for (; at < to && text.size() - at >= MarkFinder::reach; at += ByteBlock::size) {
    const Marks marks = finder.find(text.data() + at);
    digits.look_at_block(at, marks.may_be_digits);
    const std::uint64_t inside = base::first_bits(to - at);
    add_marked_escapes(text, at, marks.may_be_escapes & inside, out);
  }
  digits.look_at_rest(at);
  for (; at < to; ++at) {
    if (is(text[at], is_lead)) add_escapes(text, at, out);
  }
}

}  // namespace sluice::decode
