#include "judge/judge.h"

#include <algorithm>

#include "base/clear.h"
#include "judge/describe.h"
#include "judge/doubt.h"
#include "judge/grams.h"

namespace sluice::judge {

// So many values of one form in a file are data, such as test vectors, whatever each looks like.
constexpr float data_like = 30;

Features describe(const Model& model, const Providers& providers, const Subject& subject) {
  Features features;
  base::clear(features.data(), sizeof features);
  const Context context(subject);
  describe_value(model.letters(), context.value(), features);
  describe_name(subject, context.value(), features);
  describe_surroundings(subject, context, features);
  GramSum name = model.gram_sum(), value = model.gram_sum(), around = model.gram_sum();
  add_name_grams(subject, context, name);
  add_value_grams(subject, context, value);
  add_surrounding_grams(subject, context, around);
  features[f_doubt] = static_cast<float>(doubt_about(providers, subject, context));
  features[f_name_score] = model.score(name);
  features[f_value_score] = model.score(value);
  features[f_around_score] = model.score(around);
  return features;
}

void ask(const Model& model, Evidence& evidence) { evidence.ranks = model.ranks_of(evidence.features); }

bool is_worth_placing(const Model& model, const Evidence& evidence) {
  return model.by_text().score(evidence.ranks) >= model.limits().keep;
}

Whereabouts whereabouts_of(const Model& model, std::string_view path) {
  Whereabouts whereabouts{describe_path(path), {}};
  for (std::size_t i = 0; i < path_feature_count; ++i) {
    whereabouts.ranks[i] = model.rank_of(first_path_feature + i, whereabouts.features[i]);
  }
  return whereabouts;
}

std::optional<Verdict> decide(const Model& model, Evidence& evidence, const Whereabouts& whereabouts) {
  Features& features = evidence.features;
  std::copy(whereabouts.features.begin(), whereabouts.features.end(), features.begin() + first_path_feature);
  for (std::size_t i = 0; i < path_feature_count; ++i) {
    evidence.ranks[model.place_of(first_path_feature + i)] = whereabouts.ranks[i];
  }
  const Model::Limits& limits = model.limits();
  if (model.by_path().score(evidence.ranks) < limits.low) return {};
  const float score = model.for_confidence().score(evidence.ranks);
  if (features[f_doubt] > 0 || features[f_same_form] >= data_like) return Verdict{Confidence::low, score};
  if (score >= limits.high) return Verdict{Confidence::high, score};
  return Verdict{score >= limits.medium ? Confidence::medium : Confidence::low, score};
}

}  // namespace sluice::judge
