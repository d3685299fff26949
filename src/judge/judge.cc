#include "judge/judge.h"

#include "judge/describe.h"
#include "judge/doubt.h"
#include "judge/grams.h"

namespace sluice::judge {

// So many values of one form in a file are data, such as test vectors, whatever each looks like.
constexpr float data_like = 30;

Features describe(const Model& model, const Providers& providers, const Subject& subject) {
  Features features{};
  const Context context(subject);
  describe_value(model.letters(), context.value(), features);
  describe_name(subject, features);
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

Evidence evidence_of(const Model& model, const Features& features) { return {features, model.ranks_of(features)}; }

bool is_worth_placing(const Model& model, const Evidence& evidence) {
  return model.by_text().score(evidence.ranks) >= model.limits().keep;
}

std::optional<Verdict> decide(const Model& model, Evidence& evidence, std::string_view path) {
  Features& features = evidence.features;
  describe_path(path, features);
  model.rank_path(features, evidence.ranks);
  const Model::Limits& limits = model.limits();
  if (model.by_path().score(evidence.ranks) < limits.low) return {};
  const float score = model.for_confidence().score(evidence.ranks);
  if (features[f_doubt] > 0 || features[f_same_form] >= data_like) return Verdict{Confidence::low, score};
  if (score >= limits.high) return Verdict{Confidence::high, score};
  return Verdict{score >= limits.medium ? Confidence::medium : Confidence::low, score};
}

}  // namespace sluice::judge
