#include "judge/forest.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>

#include "base/processor.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace sluice::judge {
namespace {

constexpr std::size_t most_blocks = 32;

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

// Sixteen ranks lie in a register; a place that is none of theirs is made one with the highest bit, which looks up 0.
__attribute__((target("avx2"))) static inline __m256i looked_up(__m256i table, __m256i places, int first) {
  const __m256i place = _mm256_sub_epi8(places, _mm256_set1_epi8(static_cast<char>(first)));
  return _mm256_shuffle_epi8(table, _mm256_adds_epu8(place, _mm256_set1_epi8(0x70)));
}

__attribute__((target("avx2"))) static inline __m256i table_of(const Ranks& ranks, std::size_t first) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(ranks.data() + first)));
}

__attribute__((target("avx2"))) void find_leaves_with_avx2(const Forest& forest, const Ranks& ranks, std::uint8_t* leaves) {
  static_assert(std::tuple_size_v<Ranks> == 96);
  const __m256i a = table_of(ranks, 0), b = table_of(ranks, 16), c = table_of(ranks, 32);
  const __m256i d = table_of(ranks, 48), e = table_of(ranks, 64), f = table_of(ranks, 80);
  const Forest::Level* level = forest.levels_.data();
  for (const Forest::Level* const end = level + forest.levels_.size(); level < end; leaves += Forest::block) {
    __m256i leaf = _mm256_setzero_si256();
    __m256i bit = _mm256_set1_epi8(1);
    for (std::size_t i = 0; i < Forest::depth; ++i, ++level) {
      const __m256i places = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(level->places.data()));
      const __m256i least = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(level->ranks.data()));
      const __m256i ab = _mm256_or_si256(looked_up(a, places, 0), looked_up(b, places, 16));
      const __m256i cd = _mm256_or_si256(looked_up(c, places, 32), looked_up(d, places, 48));
      const __m256i ef = _mm256_or_si256(looked_up(e, places, 64), looked_up(f, places, 80));
      const __m256i found = _mm256_or_si256(_mm256_or_si256(ab, cd), ef);
      const __m256i yes = _mm256_cmpeq_epi8(_mm256_max_epu8(found, least), found);
      leaf = _mm256_or_si256(leaf, _mm256_and_si256(yes, bit));
      bit = _mm256_add_epi8(bit, bit);
    }
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(leaves), leaf);
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

void Thresholds::rank_from(std::size_t first, const Features& features, Ranks& ranks) const {
  for (std::size_t i = first; i < feature_count; ++i) ranks[places_[i]] = rank_at(places_[i], features[i]);
}

Ranks Thresholds::ranks_of(const Features& features) const {
#if defined(__x86_64__)
  if (base::has_avx2()) return ranks_with_avx2(*this, features);
#endif
  return ranks_of_plainly(features);
}

Forest::Forest(float base, const std::vector<Question>& questions, std::vector<float> values, const Thresholds& thresholds)
    : base_(base), values_(std::move(values)) {
  const std::size_t trees = questions.size() / depth;
  levels_.resize((trees + block - 1) / block * depth);
  for (std::size_t tree = 0; tree < trees; ++tree) {
    for (std::size_t i = 0; i < depth; ++i) {
      const Question& question = questions[tree * depth + i];
      Level& level = levels_[tree / block * depth + i];
      level.places[tree % block] = thresholds.place_of(question.feature);
      level.ranks[tree % block] = static_cast<std::uint8_t>(thresholds.rank_of(question.feature, question.threshold) + 1);
    }
  }
}

float Forest::sum(const std::uint8_t* leaves_of_trees) const {
  static_assert(together == 4);
  float a = 0, b = 0, c = 0, d = 0;  // four sums, so that none waits for another
  const float* values = values_.data();
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
      for (unsigned i = 0; i < depth; ++i) {
        leaf |= unsigned{ranks[levels_[at + i].places[tree]] >= levels_[at + i].ranks[tree]} << i;
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
