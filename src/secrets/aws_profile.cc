#include "secrets/aws_profile.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/text.h"
#include "secrets/secure_file.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t largest = 1u << 20;

std::string lower_trimmed(std::string_view text) { return base::to_lower(base::trim(text)); }

// Without the comment that ` #` or ` ;` begins.
std::string_view without_comment(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool starts =
        (text[i] == '#' || text[i] == ';') && (text[i - 1] == ' ' || text[i - 1] == '\t');
    if (starts) return base::trim(text.substr(0, i));
  }
  return base::trim(text);
}

}  // namespace

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string aws_profile_name() {
  const std::string name = variable("AWS_PROFILE");
  return name.empty() ? "default" : name;
}

std::string setting(const AwsSettings& settings, std::string_view name) {
  const auto found = settings.find(name);
  return found == settings.end() ? std::string() : std::string(reveal(found->second));
}

Result<AwsProfiles> AwsProfiles::read() {
  AwsProfiles profiles;
  const std::string home = variable("HOME");
  for (const bool is_config : {true, false}) {
    std::string path = variable(is_config ? "AWS_CONFIG_FILE" : "AWS_SHARED_CREDENTIALS_FILE");
    if (path.empty() && home.empty()) continue;
    if (path.empty()) path = home + (is_config ? "/.aws/config" : "/.aws/credentials");
    const auto text = read_secure_file(path, largest);
    if (!text && text.error().kind == ErrorKind::not_found) continue;
    if (!text) return tl::unexpected<Error>(text.error());
    SLUICE_TRY(profiles.add(reveal(*text), path, is_config));
  }
  return profiles;
}

Status AwsProfiles::add(std::string_view text, const std::string& path, bool is_config) {
  AwsSettings* settings = nullptr;
  std::string block;
  std::size_t number = 0;
  const auto fault = [&](std::string what) {
    return fail(ErrorKind::invalid_input, std::move(what), fmt::format("{}:{}", path, number));
  };
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    const std::string_view trimmed = base::trim(line);
    if (trimmed.empty() || trimmed.front() == '#' || trimmed.front() == ';') continue;
    const bool is_indented = line.front() == ' ' || line.front() == '\t';
    if (trimmed.front() == '[' && !is_indented) {
      const std::size_t close = trimmed.find(']');
      if (close == trimmed.npos) return fault("a section without `]`");
      std::string_view name = base::trim(trimmed.substr(1, close - 1));
      settings = nullptr;
      block.clear();
      if (is_config && name.starts_with("services ")) {
        settings = &services_[std::string(base::trim(name.substr(9)))];
      } else if (!is_config || name == "default" || name.starts_with("profile ")) {
        if (is_config && name.starts_with("profile ")) name = base::trim(name.substr(8));
        settings = &profiles_[std::string(name)];
      }
      continue;
    }
    const std::size_t equals = trimmed.find('=');
    if (equals == trimmed.npos) return fault("a line without `=`");
    const std::string key = lower_trimmed(trimmed.substr(0, equals));
    const std::string_view value = without_comment(trimmed.substr(equals + 1));
    if (!is_indented) block = value.empty() ? key + "." : "";
    if (settings != nullptr) (*settings)[is_indented ? block + key : key] = secure_copy(value);
  }
  return {};
}

const AwsSettings* AwsProfiles::profile(std::string_view name) const {
  const auto found = profiles_.find(name);
  return found == profiles_.end() ? nullptr : &found->second;
}

const AwsSettings* AwsProfiles::services(std::string_view name) const {
  const auto found = services_.find(name);
  return found == services_.end() ? nullptr : &found->second;
}

}  // namespace sluice::secrets
