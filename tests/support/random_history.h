#pragma once

// Histories as `git fast-import` reads them, for tests.

#include <algorithm>
#include <random>
#include <set>
#include <string>

namespace sluice::testing {

/// How the times of a history's commits go.
enum class Times {
  rising,
  skewed,  ///< children may be older than their parents
  wild,    ///< by centuries
};

inline long random_time(std::mt19937& random, Times times, int place) {
  if (times == Times::rising) return 1700000000 + place;
  const long time = 1700000000 + static_cast<long>(random() % 5000);
  return times == Times::wild && random() % 5 == 0 ? time + 8000000000 : time;
}

/// `count` commits with random parents, of which a few have up to five, and each with a branch of its own:
/// `c1`, `c2`, ...
inline std::string random_history(std::mt19937& random, int count, Times times) {
  std::string stream;
  for (int i = 1; i <= count; ++i) {
    const std::string number = std::to_string(i);
    stream += "commit refs/heads/c" + number + "\nmark :" + number + "\ncommitter A <a@example.com> " +
              std::to_string(random_time(random, times, i)) + " +0000\ndata 1\nx\n";
    const int reach = std::min(i - 1, 6);
    const auto earlier = [&] { return i - 1 - static_cast<int>(random() % reach); };
    std::set<int> parents;
    if (i > 1 && random() % 12 != 0) {
      parents.insert(earlier());
      stream += "from :" + std::to_string(*parents.begin()) + "\n";
      const int merges = random() % 3 != 0 ? 0 : random() % 8 == 0 ? 4 : 1;
      for (int merge = 0; merge < merges; ++merge)
        if (const int parent = earlier(); parents.insert(parent).second)
          stream += "merge :" + std::to_string(parent) + "\n";
    }
    stream += "M 100644 inline f" + std::to_string(random() % 5) + "\ndata " + std::to_string(number.size()) +
              "\n" + number + "\n\n";
  }
  return stream;
}

}  // namespace sluice::testing
