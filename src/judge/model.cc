#include "judge/model.h"

#include <array>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "judge/model_bytes.h"

namespace sluice::judge {
namespace {

constexpr std::size_t most_values = 1u << 20;

}  // namespace

/// Reads the parts of a model's file in their order.
class ModelReader {
 public:
  explicit ModelReader(std::string_view bytes) : bytes_(bytes) {}

  bool read(Model& model) {
    model.letters_ = LetterTable(reinterpret_cast<const std::int8_t*>(take(LetterTable::size)));
    model.scale_ = number<float>();
    model.weights_ = reinterpret_cast<const std::int8_t*>(take(std::size_t{1} << 16));
    std::array<Trees, 3> forests;
    for (Trees& trees : forests) read(trees);
    read(model.limits_);
    if (!is_good_ || bytes_.size() >= 8) return false;
    std::vector<std::pair<std::uint16_t, float>> asked;
    for (const Trees& trees : forests) {
      for (const Forest::Question& one : trees.questions) asked.emplace_back(one.feature, one.threshold);
    }
    model.asked_ = Thresholds(std::move(asked));
    if (!model.asked_.fit()) return false;
    const auto planted = [&](const Trees& trees) {
      return Forest(trees.base, trees.questions, trees.values, model.asked_);
    };
    model.by_text_ = planted(forests[0]);
    model.by_path_ = planted(forests[1]);
    model.for_confidence_ = planted(forests[2]);
    return true;
  }

  template <class Number>
  Number number() {
    Number value{};
    if (const char* from = take(sizeof value)) std::memcpy(&value, from, sizeof value);
    return value;
  }

 private:
  // As they lie in the file.
  struct Trees {
    float base = 0;
    std::vector<Forest::Question> questions;  // Forest::depth of each tree
    std::vector<float> values;
  };

  // Four trees together: of each level the thresholds of all, then the features.
  struct Group {
    std::array<float, Forest::depth * Forest::together> thresholds;
    std::array<std::uint16_t, Forest::depth * Forest::together> features;
  };

  void read(Model::Limits& limits) { limits = {number<float>(), number<float>(), number<float>(), number<float>()}; }

  void read(Trees& trees) {
    trees.base = number<float>();
    const auto count = number<std::uint32_t>();
    std::vector<Group> groups;
    numbers(groups, count);
    numbers(trees.values, std::size_t{count} * Forest::together * Forest::leaves);
    for (const Group& group : groups) {
      for (std::size_t tree = 0; tree < Forest::together; ++tree) {
        for (std::size_t i = 0; i < Forest::depth; ++i) {
          const std::size_t at = i * Forest::together + tree;
          trees.questions.push_back({group.features[at], group.thresholds[at]});
          is_good_ = is_good_ && group.features[at] < feature_count && !std::isnan(group.thresholds[at]);
        }
      }
    }
  }

  template <class Number>
  void numbers(std::vector<Number>& out, std::size_t count) {
    if (count > most_values) is_good_ = false;
    const char* const from = take(is_good_ ? count * sizeof(Number) : 0);
    if (!is_good_) return;
    out.resize(count);
    if (count > 0) std::memcpy(out.data(), from, count * sizeof(Number));
  }

  const char* take(std::size_t size) {
    if (!is_good_ || size > bytes_.size()) {
      is_good_ = false;
      return nullptr;
    }
    const char* const at = bytes_.data();
    bytes_.remove_prefix(size);
    return at;
  }

  std::string_view bytes_;
  bool is_good_ = true;
};

Result<Model> Model::parse(std::string_view bytes) {
  const auto bad = [] {
    return fail(ErrorKind::invalid_input, "the model is damaged, or of another version", "",
                "train it anew, as docs/detection.md says");
  };
  ModelReader reader(bytes);
  if (reader.number<std::uint32_t>() != 0x344A4C53u) return bad();
  if (reader.number<std::uint32_t>() != feature_count) return bad();
  Model model;
  if (!reader.read(model)) return bad();
  return model;
}

const Model& Model::builtin() {
  // The build's tests read it, so it is never bad.
  static const Model model = *parse(model_bytes());
  return model;
}

}  // namespace sluice::judge
