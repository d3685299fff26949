#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// The text of the first element `name` of an STS reply in XML, entities decoded. Errors: corrupt.
Result<SecureBytes> xml_element(std::string_view xml, std::string_view name);

}  // namespace sluice::secrets
