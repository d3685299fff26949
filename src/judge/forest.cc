#include "judge/forest.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>

#include "base/avx2.h"
#include "base/processor.h"

namespace sluice::judge {
namespace {

constexpr std::size_t most_blocks = 32;
constexpr std::size_t table_size = 16;
constexpr std::size_t most_tables = std::tuple_size_v<Ranks> / table_size;
constexpr std::size_t last_tables = 2;  // of which the last question of most trees is

// The order of a tree's questions: those about features with many thresholds come last. So the last levels of all trees
// ask about few features, and what differs most from candidate to candidate are the lowest bits of a leaf's number: the
// values that are asked for lie beside each other, where the processor has them at hand.
std::array<std::size_t, Forest::depth> order_of(const Forest::Question* questions, const Thresholds& thresholds) {
  std::array<std::size_t, Forest::depth> order;
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return thresholds.place_of(questions[a].feature) > thresholds.place_of(questions[b].feature);
  });
  return order;
}

// The number of the leaf whose number was `leaf` before its bits were put in this order, the first one highest.
std::size_t leaf_in(const std::array<std::size_t, Forest::depth>& order, std::size_t leaf) {
  std::size_t number = 0;
  for (const std::size_t bit : order) number = number << 1 | (leaf >> bit & 1u);
  return number;
}

}  // namespace

static_assert(feature_count <= std::tuple_size_v<Ranks>);

#if defined(__x86_64__)
__attribute__((target("avx2"))) Ranks ranks_with_avx2(const Thresholds& thresholds, const Features& features) {
  constexpr std::size_t count = std::tuple_size_v<Ranks> / Thresholds::together;
  __m256i counts[count];
  for (std::size_t g = 0; g < count; ++g) {
    const std::uint16_t* const from = &thresholds.features_[g * Thresholds::together];
    const __m256 asked = _mm256_setr_ps(features[from[0]], features[from[1]], features[from[2]], features[from[3]],
                                        features[from[4]], features[from[5]], features[from[6]], features[from[7]]);
    const float* at = thresholds.sorted_.data() + thresholds.groups_[g].first;
    __m256i less = _mm256_setzero_si256();
    for (const float* const end = at + thresholds.groups_[g].most * Thresholds::together; at < end; at += 4 * Thresholds::together) {
      const auto more = [&](std::size_t row) __attribute__((target("avx2"))) {
        return _mm256_castps_si256(_mm256_cmp_ps(asked, _mm256_loadu_ps(at + row * Thresholds::together), _CMP_GT_OQ));
      };
      less = _mm256_sub_epi32(less, _mm256_add_epi32(_mm256_add_epi32(more(0), more(1)), _mm256_add_epi32(more(2), more(3))));
    }
    counts[g] = less;
  }
  Ranks ranks;
  // Packing takes the halves of its two sides in turns.
  const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  for (std::size_t g = 0; g < count; g += 4) {
    const __m256i bytes = _mm256_packus_epi16(_mm256_packus_epi32(counts[g], counts[g + 1]),
                                              _mm256_packus_epi32(counts[g + 2], counts[g + 3]));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(ranks.data() + g * Thresholds::together),
                        _mm256_permutevar8x32_epi32(bytes, order));
  }
  return ranks;
}

// The ranks, sixteen in a register: the first sixteen, and how the next ones differ from those before them. Their highest
// bit is turned, since bytes are compared as numbers with a sign.
__attribute__((target("avx2"))) static inline void make_tables(const Ranks& ranks, __m256i* tables) {
  __m256i last = _mm256_set1_epi8(static_cast<char>(0x80));
  for (std::size_t t = 0; t < most_tables; ++t) {
    const __m256i own = base::avx2::load_twice(&ranks[t * table_size]);
    tables[t] = _mm256_xor_si256(own, last);
    last = own;
  }
}

// The leaves with the answers of one level, which asks about ranks of the first `count` tables. A place that lies before a
// table has its highest bit set once the table's begin is taken from it, and looks up 0: what is left are all differences
// up to the place's own table, which make its rank.
template <std::size_t count>
__attribute__((target("avx2"))) static inline __m256i with_answers(const __m256i* tables, const auto& level, __m256i leaves) {
  __m256i places = base::avx2::load(level.places.data());
  const __m256i most = base::avx2::load(level.most.data());
  __m256i found = _mm256_shuffle_epi8(tables[0], places);
#pragma GCC unroll 6
  for (std::size_t t = 1; t < count; ++t) {
    places = _mm256_sub_epi8(places, _mm256_set1_epi8(table_size));
    found = _mm256_xor_si256(found, _mm256_shuffle_epi8(tables[t], places));
  }
  return _mm256_sub_epi8(_mm256_add_epi8(leaves, leaves), _mm256_cmpgt_epi8(found, most));
}

// `last` and `more`: how many tables the last level asks, and how many more each one before it.
template <std::size_t last, std::size_t more>
__attribute__((target("avx2"))) static inline void write_leaves(const __m256i* tables, const auto& levels, std::uint8_t* out) {
  static_assert(Forest::depth == 6);
  constexpr auto count = [](std::size_t i) { return std::min(last + (Forest::depth - 1 - i) * more, most_tables); };
  for (auto level = levels.begin(); level != levels.end(); level += Forest::depth, out += level->places.size()) {
    __m256i leaves = with_answers<count(0)>(tables, level[0], _mm256_setzero_si256());
    leaves = with_answers<count(1)>(tables, level[1], leaves);
    leaves = with_answers<count(2)>(tables, level[2], leaves);
    leaves = with_answers<count(3)>(tables, level[3], leaves);
    leaves = with_answers<count(4)>(tables, level[4], leaves);
    leaves = with_answers<count(5)>(tables, level[5], leaves);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), leaves);
  }
}

__attribute__((target("avx2"))) void find_leaves_with_avx2(const Forest& forest, const Ranks& ranks, std::uint8_t* leaves) {
  __m256i tables[most_tables];
  make_tables(ranks, tables);
  if (forest.asks_at_last_of_first_) {
    write_leaves<last_tables, 1>(tables, forest.levels_, leaves);
  } else {
    write_leaves<most_tables, 0>(tables, forest.levels_, leaves);
  }
}
#endif

Thresholds::Thresholds(std::vector<std::pair<std::uint16_t, float>> asked) {
  std::sort(asked.begin(), asked.end());
  asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
  std::array<std::vector<float>, feature_count> by_feature;
  for (const auto& [feature, threshold] : asked) by_feature[feature].push_back(threshold);
  std::array<std::uint16_t, feature_count> order;
  std::iota(order.begin(), order.end(), std::uint16_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return by_feature[a].size() > by_feature[b].size(); });
  for (std::size_t place = 0; place < order.size(); ++place) {
    features_[place] = order[place];
    places_[order[place]] = static_cast<std::uint8_t>(place);
  }
  fit_ = by_feature[order.front()].size() <= most;
  for (std::size_t g = 0; g < groups_.size() && g * together < order.size(); ++g) {
    // The first of a group has the most. Four rows are read at once.
    const std::size_t rows = (by_feature[order[g * together]].size() + 3) / 4 * 4;
    groups_[g] = {static_cast<std::uint32_t>(sorted_.size()), static_cast<std::uint32_t>(rows)};
    sorted_.resize(sorted_.size() + rows * together, std::numeric_limits<float>::infinity());
    for (std::size_t k = 0; k < together && g * together + k < order.size(); ++k) {
      const std::vector<float>& own = by_feature[order[g * together + k]];
      for (std::size_t i = 0; i < own.size(); ++i) sorted_[groups_[g].first + i * together + k] = own[i];
    }
  }
}

std::uint8_t Thresholds::rank_of(std::uint16_t feature, float threshold) const {
  const std::size_t place = places_[feature];
  const Group& group = groups_[place / together];
  std::uint32_t i = 0;
  while (i < group.most && sorted_[group.first + i * together + place % together] < threshold) ++i;
  return static_cast<std::uint8_t>(i);
}

std::uint8_t Thresholds::rank_at(std::size_t place, float feature) const {
  const Group& group = groups_[place / together];
  const float* const own = sorted_.data() + group.first + place % together;
  std::uint32_t rank = 0;
  while (rank < group.most && feature > own[rank * together]) ++rank;
  return static_cast<std::uint8_t>(rank);
}

Ranks Thresholds::ranks_of_plainly(const Features& features) const {
  Ranks ranks{};
  for (std::size_t place = 0; place < ranks.size(); ++place) ranks[place] = rank_at(place, features[features_[place]]);
  return ranks;
}

Ranks Thresholds::ranks_of(const Features& features) const {
#if defined(__x86_64__)
  if (base::has_avx2()) return ranks_with_avx2(*this, features);
#endif
  return ranks_of_plainly(features);
}

Forest::Forest(float base, const std::vector<Question>& questions, const std::vector<float>& values,
               const Thresholds& thresholds)
    : base_(base), values_(values.size()) {
  const std::size_t trees = questions.size() / depth;
  levels_.resize((trees + block - 1) / block * depth);
  for (std::size_t tree = 0; tree < trees; ++tree) {
    const std::array<std::size_t, depth> order = order_of(&questions[tree * depth], thresholds);
    for (std::size_t i = 0; i < depth; ++i) {
      const Question& question = questions[tree * depth + order[i]];
      const std::uint8_t place = thresholds.place_of(question.feature);
      Level& level = levels_[tree / block * depth + i];
      level.places[tree % block] = place;
      level.most[tree % block] = static_cast<std::uint8_t>(thresholds.rank_of(question.feature, question.threshold) ^ sign);
      asks_at_last_of_first_ = asks_at_last_of_first_ && place < (last_tables + depth - 1 - i) * table_size;
    }
    for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
      values_[tree * leaves + leaf_in(order, leaf)] = values[tree * leaves + leaf];
    }
  }
}

float Forest::sum(const std::uint8_t* leaves_of_trees) const {
  static_assert(together == 4);
  float a = 0, b = 0, c = 0, d = 0;  // four sums, so that none waits for another
  const float* values = values_.data();
#pragma GCC unroll 4
  for (const float* const end = values + values_.size(); values < end; values += together * leaves, leaves_of_trees += together) {
    a += values[leaves_of_trees[0]];
    b += values[leaves + leaves_of_trees[1]];
    c += values[2 * leaves + leaves_of_trees[2]];
    d += values[3 * leaves + leaves_of_trees[3]];
  }
  return base_ + ((a + b) + (c + d));
}

void Forest::find_leaves(const Ranks& ranks, std::uint8_t* found) const {
  for (std::size_t at = 0; at < levels_.size(); at += depth, found += block) {
    for (std::size_t tree = 0; tree < block; ++tree) {
      unsigned leaf = 0;
      for (std::size_t i = at; i < at + depth; ++i) {
        const unsigned most = levels_[i].most[tree] ^ sign;
        leaf = leaf << 1 | unsigned{ranks[levels_[i].places[tree]] > most};
      }
      found[tree] = static_cast<std::uint8_t>(leaf);
    }
  }
}

float Forest::score_plainly(const Ranks& ranks) const {
  std::vector<std::uint8_t> found(levels_.size() / depth * block);
  find_leaves(ranks, found.data());
  return sum(found.data());
}

float Forest::score(const Ranks& ranks) const {
#if defined(__x86_64__)
  if (base::has_avx2() && levels_.size() <= most_blocks * depth) {
    std::array<std::uint8_t, most_blocks * block> found;
    find_leaves_with_avx2(*this, ranks, found.data());
    return sum(found.data());
  }
#endif
  return score_plainly(ranks);
}

}  // namespace sluice::judge
