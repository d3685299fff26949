#include "judge/model.h"

#include <algorithm>
#include <cstring>

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
    return read(model.by_text_) && read(model.by_path_) && read(model.for_confidence_) &&
           read(model.thresholds_) && is_good_ && bytes_.size() < 8;
  }

  template <class Number>
  Number number() {
    Number value{};
    if (const char* from = take(sizeof value)) std::memcpy(&value, from, sizeof value);
    return value;
  }

 private:
  bool read(Model::Thresholds& thresholds) {
    thresholds = {number<float>(), number<float>(), number<float>(), number<float>()};
    return is_good_;
  }

  bool read(Forest& forest) {
    forest.base_ = number<float>();
    const auto count = number<std::uint32_t>();
    numbers(forest.groups_, count);
    numbers(forest.values_, std::size_t{count} * Forest::together * Forest::leaves);
    return is_good_ && is_sound(forest);
  }

  template <class Number>
  void numbers(std::vector<Number>& out, std::size_t count) {
    if (count > most_values) is_good_ = false;
    const char* const from = take(is_good_ ? count * sizeof(Number) : 0);
    if (!is_good_) return;
    out.resize(count);
    if (count > 0) std::memcpy(out.data(), from, count * sizeof(Number));
  }

  static bool is_sound(const Forest& forest) {
    return std::all_of(forest.groups_.begin(), forest.groups_.end(), [](const Forest::Group& group) {
      return std::all_of(group.features.begin(), group.features.end(), [](std::uint16_t one) { return one < feature_count; });
    });
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

float Model::score(const Grams& grams) const {
  int sum = 0;
  for (const std::uint16_t gram : grams) sum += weights_[gram];
  return static_cast<float>(sum) * scale_;
}

float Forest::score(const Features& features) const {
  using Numbers = float __attribute__((vector_size(together * sizeof(float))));  // of GCC and Clang, for any processor
  using Leaves = std::int32_t __attribute__((vector_size(together * sizeof(float))));
  Numbers sums{};
  const float* values = values_.data();
  for (const Group& group : groups_) {
    Leaves leaf{};
    for (std::size_t i = 0; i < depth; ++i) {
      const std::uint16_t* const at = &group.features[i * together];
      const Numbers asked = {features[at[0]], features[at[1]], features[at[2]], features[at[3]]};
      Numbers thresholds;
      std::memcpy(&thresholds, &group.thresholds[i * together], sizeof thresholds);
      leaf |= (asked > thresholds) & (1 << i);
    }
    const auto value = [&](std::size_t tree) { return values[tree * leaves + static_cast<std::size_t>(leaf[tree])]; };
    sums += Numbers{value(0), value(1), value(2), value(3)};
    values += together * leaves;
  }
  return base_ + ((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

}  // namespace sluice::judge
