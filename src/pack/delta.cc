#include "pack/delta.h"

#include <bit>
#include <cstring>

namespace sluice::pack {
namespace {

tl::unexpected<Error> corrupt(const char* what) { return fail(ErrorKind::corrupt, what); }

struct Copy {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

// True when the operands of copy step `step` fit `left` bytes. Counted only near the end: there are
// never more than seven.
bool has_operands(unsigned char step, std::size_t left) {
  return left >= 7 || left >= static_cast<std::size_t>(std::popcount(step & 0x7fU));
}

// Reads the operands of copy step `step` at `at`, where all of them must be.
inline Copy read_copy(unsigned char step, const unsigned char*& at) {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  if ((step & 0x01) != 0) offset = *at++;
  if ((step & 0x02) != 0) offset |= std::uint32_t{*at++} << 8;
  if ((step & 0x04) != 0) offset |= std::uint32_t{*at++} << 16;
  if ((step & 0x08) != 0) offset |= std::uint32_t{*at++} << 24;
  if ((step & 0x10) != 0) size = *at++;
  if ((step & 0x20) != 0) size |= std::uint32_t{*at++} << 8;
  if ((step & 0x40) != 0) size |= std::uint32_t{*at++} << 16;
  return {offset, size == 0 ? 0x10000 : size};
}

Result<std::uint64_t> parse_size(std::string_view bytes, std::size_t& at) {
  std::uint64_t size = 0;
  for (unsigned shift = 0;; shift += 7) {
    if (at == bytes.size()) return corrupt("the delta is cut short");
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    const std::uint64_t bits = byte & 0x7f;
    if (shift > 63 || bits << shift >> shift != bits)
      return corrupt("the delta's size is too great");
    size |= bits << shift;
    if ((byte & 0x80) == 0) return size;
  }
}

void note(std::vector<base::CopiedRange>& copied, std::size_t begin, const Copy& copy) {
  const auto size = static_cast<std::size_t>(copy.size);
  const auto from = static_cast<std::size_t>(copy.offset);
  if (!copied.empty()) {
    base::CopiedRange& last = copied.back();
    if (last.begin + last.size == begin && last.from + last.size == from) {
      last.size += size;
      return;
    }
  }
  copied.push_back({begin, from, size});
}

// How many bytes `steps` make. 2^64 cannot be passed: no step makes more than 2^24 bytes, and none
// is shorter than a byte.
Result<std::uint64_t> measure(std::string_view steps, std::uint64_t base_size) {
  const auto* at = reinterpret_cast<const unsigned char*>(steps.data());
  const auto* const end = at + steps.size();
  std::uint64_t total = 0;
  while (at != end) {
    const unsigned char step = *at++;
    const auto left = static_cast<std::size_t>(end - at);
    if ((step & 0x80) != 0) {
      if (!has_operands(step, left)) return corrupt("the delta is cut short");
      const Copy copy = read_copy(step, at);
      if (copy.offset > base_size || copy.size > base_size - copy.offset)
        return corrupt("the delta copies from beyond its base");
      total += copy.size;
    } else {
      if (step == 0) return corrupt("the delta has a step of a reserved kind");
      if (left < step) return corrupt("the delta is cut short");
      at += step;
      total += step;
    }
  }
  return total;
}

}  // namespace

Result<Delta> Delta::parse(std::string_view bytes, std::uint64_t base_size) {
  std::size_t at = 0;
  SLUICE_TRY_ASSIGN(const std::uint64_t expected_base, parse_size(bytes, at));
  SLUICE_TRY_ASSIGN(const std::uint64_t result_size, parse_size(bytes, at));
  if (expected_base != base_size) return corrupt("the delta is for a base of another size");
  SLUICE_TRY_ASSIGN(const std::uint64_t made, measure(bytes.substr(at), base_size));
  if (made != result_size) return corrupt("the delta's steps do not add up to its size");
  return Delta(bytes.substr(at), result_size);
}

void Delta::apply(std::string_view base, char* out,
                  std::vector<base::CopiedRange>* copied) const {
  const char* const start = out;
  if (copied != nullptr) copied->clear();
  const auto* at = reinterpret_cast<const unsigned char*>(steps_.data());
  const auto* const end = at + steps_.size();
  while (at != end) {
    const unsigned char step = *at++;
    if ((step & 0x80) != 0) {
      const Copy copy = read_copy(step, at);
      std::memcpy(out, base.data() + copy.offset, copy.size);
      if (copied != nullptr) note(*copied, static_cast<std::size_t>(out - start), copy);
      out += copy.size;
    } else {
      std::memcpy(out, at, step);
      at += step;
      out += step;
    }
  }
}

}  // namespace sluice::pack
