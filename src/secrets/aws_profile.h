#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// Settings of one profile.
using AwsSettings = std::map<std::string, SecureBytes, std::less<>>;

/// AWS' shared files (AWS SDKs and Tools Reference Guide, "Shared config and credentials files"),
/// merged: what the credentials file says of a profile wins over the config file.
class AwsProfiles {
 public:
  /// Reads AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, else ~/.aws/credentials and
  /// ~/.aws/config. Files that are not there hold nothing. Errors: io, unreadable, limit_exceeded
  /// (1 MiB), invalid_input (`path:line`, never with the line's text).
  static Result<AwsProfiles> read();

  /// Adds a file's text. In a `config` file profiles are called `[profile name]`, but for
  /// `[default]`, and
  /// `[services name]` holds blocks of indented keys, which become `secrets_manager.endpoint_url`.
  Status add(std::string_view text, const std::string& path, bool is_config);

  /// The profile, or null.
  const AwsSettings* profile(std::string_view name) const;
  const AwsSettings* services(std::string_view name) const;

 private:
  std::map<std::string, AwsSettings, std::less<>> profiles_;
  std::map<std::string, AwsSettings, std::less<>> services_;
};

/// A setting as text that is no secret; empty when it is not there.
std::string setting(const AwsSettings& settings, std::string_view name);

/// AWS_PROFILE, or `default`.
std::string aws_profile_name();

/// The variable's value; empty when it is not set.
std::string variable(const char* name);

}  // namespace sluice::secrets
