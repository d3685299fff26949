#pragma once

#include <string_view>

#include "structure/check.h"

namespace sluice::structure {

/// `base64`: the body of OpenPGP armour without line breaks, with its checksum (`=` and four characters) or
/// without. Proven when it begins with a secret key packet and its packets end where it ends; encrypted when
/// the key lies under a passphrase (RFC 9580 sections 4.2, 5.5.3, 6.1).
Outcome check_openpgp(std::string_view base64);

}  // namespace sluice::structure
