#include "judge/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "judge/doubt.h"

namespace sluice::judge {
namespace {

std::string value_words(const Features& features) {
  const auto length = static_cast<int>(features[f_length]);
  if (features[f_is_uuid] > 0) return "a UUID";
  if (features[f_is_hex] > 0 && length >= 16) return fmt::format("{} hexadecimal digits", length);
  const bool reads_as_words = features[f_value_words] >= 1;
  if (reads_as_words && features[f_spaces] > 0) return "several words, as in a passphrase";
  if (reads_as_words && features[f_digit_share] > 0) return "a word with digits, as people make passwords";
  if (reads_as_words) return "made of words";
  if (features[f_entropy_share] > 0.85f && length >= 8) return fmt::format("{} characters that read as random", length);
  return fmt::format("{} characters that are no word", length);
}

std::string company_words(const Features& features) {
  const auto alike = static_cast<int>(features[f_same_form]);
  if (alike <= 1) return "no other value here is like it";
  return fmt::format("{} values here are of its form", alike);
}

}  // namespace

std::string reasons_for(const Features& features, float score) {
  std::vector<std::string> reasons{value_words(features)};
  if (features[f_name_score] > 0.5f) reasons.emplace_back("under a name that secrets have");
  if (features[f_around_score] > 0.5f) reasons.emplace_back("on a line as those of secrets are");
  reasons.push_back(company_words(features));
  if (features[f_account_near] > 0) reasons.emplace_back("an account or a server is named beside it");
  if (features[f_stand_in_near] > 0) reasons.emplace_back("though the text beside it speaks of an example");
  if (features[f_in_tests] > 0) reasons.emplace_back("though in a test");
  const std::string_view doubt = words_for(static_cast<Doubt>(features[f_doubt]));
  if (!doubt.empty()) reasons.push_back(fmt::format("though {}", doubt));
  const double likely = 100 / (1 + std::exp(-static_cast<double>(score)));
  return fmt::format("{} ({:.0f} % likely)", fmt::join(reasons, ", "), std::min(likely, 99.0));
}

}  // namespace sluice::judge
