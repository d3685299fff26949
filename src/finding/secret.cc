#include "finding/secret.h"

#include <fmt/format.h>
#include <string.h>

#include "base/text.h"

namespace sluice {

Secret::~Secret() { explicit_bzero(bytes_.data(), bytes_.size()); }

Secret Secret::withheld(std::size_t characters) {
  Secret secret;
  secret.withheld_ = characters;
  return secret;
}

std::size_t Secret::characters() const {
  return bytes_.empty() ? withheld_ : base::count_code_points(bytes_);
}

std::string Secret::redacted() const {
  return fmt::format("[secret, {} characters]", characters());
}

}  // namespace sluice
