#pragma once

#include <memory>

#include "base/result.h"
#include "secrets/provider.h"

namespace sluice::secrets {

/// `gcp-sm://project/name#key?version=N`: Google Secret Manager's REST API, version 1; without a
/// version the latest. What it sends is held against its own CRC-32C. The endpoint is
/// CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER, else Google's. With `allow_long_lived`, keys of
/// service accounts and refresh tokens may be used. Errors: none so far.
Result<std::unique_ptr<Provider>> make_google_secret_manager(bool allow_long_lived);

}  // namespace sluice::secrets
