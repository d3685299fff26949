#include <cstddef>
#include <cstdint>
#include <string_view>

#include "secrets/aws_profile.h"
#include "secrets/aws_sts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  sluice::secrets::AwsProfiles profiles;
  (void)profiles.add(text, "x", true);
  (void)profiles.add(text, "x", false);
  (void)sluice::secrets::xml_element(text, "Arn");
  return 0;
}
