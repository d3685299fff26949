#include "secrets/aws_endpoint.h"

#include <fmt/format.h>

#include "secrets/aws_credentials.h"

namespace sluice::secrets {
namespace {

std::string default_endpoint(const std::string& region) {
  const bool is_fips = variable("AWS_USE_FIPS_ENDPOINT") == "true";
  const std::string_view host = is_fips ? "secretsmanager-fips" : "secretsmanager";
  if (variable("AWS_USE_DUALSTACK_ENDPOINT") == "true")
    return fmt::format("https://{}.{}.api.aws", host, region);
  return fmt::format("https://{}.{}.{}", host, region, aws_domain(region));
}

}  // namespace

std::string find_region(const AwsProfiles& profiles) {
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"})
    if (std::string region = variable(name); !region.empty()) return region;
  if (const AwsSettings* const settings = profiles.profile(aws_profile_name()))
    if (std::string region = setting(*settings, "region"); !region.empty()) return region;
  HttpClient http;
  const auto region = instance_region(http);
  return region ? *region : std::string();
}

bool is_region(std::string_view region) {
  return !region.empty() && region.size() <= 40 &&
         region.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == region.npos;
}

std::string secrets_manager_endpoint(const AwsProfiles& profiles, const std::string& region,
                                     const std::string& given) {
  if (!given.empty()) return given;
  if (variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") == "true") return default_endpoint(region);
  for (const char* name : {"AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"})
    if (std::string url = variable(name); !url.empty()) return url;
  if (const AwsSettings* const settings = profiles.profile(aws_profile_name())) {
    if (const AwsSettings* const services = profiles.services(setting(*settings, "services")))
      if (std::string url = setting(*services, "secrets_manager.endpoint_url"); !url.empty())
        return url;
    if (std::string url = setting(*settings, "endpoint_url"); !url.empty()) return url;
  }
  return default_endpoint(region);
}

std::string iam_endpoint(const std::string& region, std::string& signing_region) {
  const bool is_china = region.starts_with("cn-");
  signing_region = is_china ? "cn-north-1" : "us-east-1";
  for (const char* name : {"AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL"})
    if (std::string url = variable(name); !url.empty()) return url;
  return is_china ? "https://iam.cn-north-1.amazonaws.com.cn" : "https://iam.amazonaws.com";
}

}  // namespace sluice::secrets
