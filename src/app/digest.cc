#include "app/digest.h"

#include <array>

#include "base/hash.h"

namespace sluice::app {

void Digest::add(std::string_view text) {
  add(std::uint64_t{text.size()});
  bytes_ += text;
}

void Digest::add(std::uint64_t number) {
  std::array<char, sizeof number> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(number >> 8 * i);
  bytes_.append(bytes.data(), bytes.size());
}

std::string Digest::hex() const { return base::to_hex(base::sha256(bytes_), 16); }

}  // namespace sluice::app
