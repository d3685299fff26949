#pragma once

#include <string_view>

#include "structure/check.h"

/// Checks of private keys and the files that hold them.
namespace sluice::structure {

/// The base64 lines of a PEM file (RFC 7468) with whatever source code put between them: a private key as
/// PKCS 1, SEC 1, PKCS 8 (RFC 5958) or OpenSSH's own form (openssh PROTOCOL.key).
Outcome check_pem_body(std::string_view secret);

/// A whole PEM file once more in base64.
Outcome check_pem_in_base64(std::string_view secret);

/// The base64 lines of OpenPGP armour that hold a secret key (RFC 9580 section 5.5.3). Where its checksum
/// stands behind them, that must fit.
Outcome check_pgp_armour(std::string_view secret);

/// A PKCS 12 file (RFC 7292).
Outcome check_pkcs12(std::string_view secret);

/// A Java key store, JKS or JCEKS: with a private or secret key in it, or only with certificates.
Outcome check_java_keystore(std::string_view secret);

}  // namespace sluice::structure
