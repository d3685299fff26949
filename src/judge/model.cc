#include "judge/model.h"

#include <cstring>
#include <limits>

#include "judge/model_bytes.h"

namespace sluice::judge {
namespace {

constexpr std::size_t most_nodes = 1u << 20;
constexpr std::size_t abreast = 8;  // trees walked at once

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
    forest.depth_ = number<std::uint32_t>();
    numbers(forest.roots_, number<std::uint32_t>());
    const auto nodes = number<std::uint32_t>();
    numbers(forest.nodes_, nodes);
    numbers(forest.values_, nodes);
    return is_good_ && is_sound(forest);
  }

  template <class Number>
  void numbers(std::vector<Number>& out, std::size_t count) {
    if (count > most_nodes) is_good_ = false;
    const char* const from = take(is_good_ ? count * sizeof(Number) : 0);
    if (!is_good_) return;
    out.resize(count);
    if (count > 0) std::memcpy(out.data(), from, count * sizeof(Number));
  }

  // Whether no step leads out of the nodes.
  static bool is_sound(const Forest& forest) {
    for (std::size_t tree = 0; tree < forest.roots_.size(); ++tree) {
      const std::size_t begin = forest.roots_[tree];
      const std::size_t end = tree + 1 < forest.roots_.size() ? forest.roots_[tree + 1] : forest.nodes_.size();
      if (begin >= end || end > forest.nodes_.size()) return false;
      for (std::size_t i = begin; i < end; ++i) {
        const TreeNode& node = forest.nodes_[i];
        const bool is_leaf = node.left == i - begin && node.threshold == std::numeric_limits<float>::infinity();
        if (node.feature >= feature_count || begin + node.left + (is_leaf ? 0u : 1u) >= end) return false;
      }
    }
    return forest.depth_ <= 64;
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
  if (reader.number<std::uint32_t>() != 0x324A4C53u) return bad();
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
  float sum = base_;
  const std::size_t whole = roots_.size() / abreast * abreast;
  for (std::size_t first = 0; first < whole; first += abreast) sum += score_of<abreast>(first, features);
  for (std::size_t first = whole; first < roots_.size(); ++first) sum += score_of<1>(first, features);
  return sum;
}

template <std::size_t Count>
float Forest::score_of(std::size_t first, const Features& features) const {
  std::array<const TreeNode*, Count> roots;
  std::array<std::uint32_t, Count> at{};
  for (std::size_t i = 0; i < Count; ++i) roots[i] = nodes_.data() + roots_[first + i];
  for (std::uint32_t step = 0; step < depth_; ++step) {
    for (std::size_t i = 0; i < Count; ++i) {
      const TreeNode& node = roots[i][at[i]];
      at[i] = node.left + static_cast<std::uint32_t>(features[node.feature] > node.threshold);
    }
  }
  float sum = 0;
  for (std::size_t i = 0; i < Count; ++i) sum += values_[roots_[first + i] + at[i]];
  return sum;
}

}  // namespace sluice::judge
