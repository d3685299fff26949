#pragma once

#include <memory>

#include "base/result.h"
#include "secrets/provider.h"

namespace sluice::secrets {

/// `azure-kv://vault/name#key?version=ID`: a secret of Azure Key Vault (REST API 7.4); without a
/// version the newest. Vaults are at `https://VAULT.vault.azure.net`, in other clouds where
/// AZURE_AUTHORITY_HOST's are; AZURE_KEYVAULT_URL names one place for all, for stand-ins. With
/// `allow_long_lived`, client secrets may be used. Errors: none so far.
Result<std::unique_ptr<Provider>> make_azure_key_vault(bool allow_long_lived);

}  // namespace sluice::secrets
