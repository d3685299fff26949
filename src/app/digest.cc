#include "app/digest.h"

#include "base/hash.h"

namespace sluice::app {

void Digest::add(std::string_view text) {
  add(std::uint64_t{text.size()});
  bytes_ += text;
}

void Digest::add(std::uint64_t number) {
  for (int shift = 0; shift < 64; shift += 8) bytes_ += static_cast<char>(number >> shift);
}

std::string Digest::hex() const { return base::to_hex(base::sha256(bytes_), 16); }

}  // namespace sluice::app
