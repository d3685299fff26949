#pragma once

#include <memory>

#include "base/result.h"
#include "secrets/provider.h"

namespace sluice::secrets {

/// `vault://path#key`: HashiCorp Vault's HTTP API, key-value engine of either version. The path is
/// the API's: `vault://secret/data/shop#password` for version 2, whose `?version=` is a number.
/// VAULT_ADDR, VAULT_TOKEN (else
/// ~/.vault-token) and VAULT_NAMESPACE are those of Vault's own client. Errors: invalid_input (no
/// address), refused (no token).
Result<std::unique_ptr<Provider>> make_vault();

}  // namespace sluice::secrets
