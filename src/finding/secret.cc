#include "finding/secret.h"

#include <fmt/format.h>
#include <string.h>

#include "base/text.h"

namespace sluice {

Secret::~Secret() { explicit_bzero(bytes_.data(), bytes_.size()); }

std::string Secret::redacted() const {
  return fmt::format("[secret, {} characters]", base::count_code_points(bytes_));
}

}  // namespace sluice
