#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "pack/delta.h"

namespace {

constexpr std::uint64_t largest = std::uint64_t{1} << 20;

// The format read in the plainest way, for comparison; nothing when it is not well formed.
class PlainReader {
 public:
  PlainReader(std::string_view base, std::string_view delta) : base_(base), delta_(delta) {}

  std::optional<std::string> read() {
    const auto base_size = read_size();
    const auto result_size = read_size();
    if (!base_size || !result_size || *base_size != base_.size()) return std::nullopt;
    while (at_ < delta_.size()) {
      if (!read_step() || out_.size() > largest) return std::nullopt;
    }
    if (out_.size() != *result_size) return std::nullopt;
    return out_;
  }

 private:
  std::optional<unsigned> read_byte() {
    if (at_ >= delta_.size()) return std::nullopt;
    return static_cast<unsigned char>(delta_[at_++]);
  }

  std::optional<std::uint64_t> read_size() {
    std::uint64_t size = 0;
    for (unsigned place = 0; place < 10; ++place) {
      const auto byte = read_byte();
      if (!byte || (place == 9 && *byte > 1)) return std::nullopt;
      size += std::uint64_t{*byte & 127} << (7 * place);
      if (*byte < 128) return size;
    }
    return std::nullopt;
  }

  bool read_step() {
    const unsigned step = *read_byte();
    if (step == 0) return false;
    if (step < 128) {
      if (delta_.size() - at_ < step) return false;
      out_ += delta_.substr(at_, step);
      at_ += step;
      return true;
    }
    std::uint64_t operands[7] = {};
    for (unsigned bit = 0; bit < 7; ++bit) {
      if ((step >> bit & 1) == 0) continue;
      const auto byte = read_byte();
      if (!byte) return false;
      operands[bit] = *byte;
    }
    const std::uint64_t offset =
        operands[0] + (operands[1] << 8) + (operands[2] << 16) + (operands[3] << 24);
    std::uint64_t size = operands[4] + (operands[5] << 8) + (operands[6] << 16);
    if (size == 0) size = 65536;
    if (offset + size > base_.size()) return false;
    out_ += base_.substr(offset, size);
    return true;
  }

  std::string_view base_;
  std::string_view delta_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

// The first byte says how many of the bytes after it are the base; the rest is the delta.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.empty()) return 0;
  const std::string_view base = bytes.substr(1, data[0]);
  const std::string delta(bytes.substr(1 + base.size()));
  const auto parsed = sluice::pack::Delta::parse(delta, base.size());
  if (parsed && parsed->result_size() > largest) return 0;
  const auto plain = PlainReader(base, delta).read();
  if (parsed.has_value() != plain.has_value()) std::abort();
  if (!parsed) return 0;
  std::string made(parsed->result_size(), '\0');
  parsed->apply(base, made.data());
  if (made != *plain) std::abort();
  return 0;
}
