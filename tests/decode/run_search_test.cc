#include "decode/run_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <tuple>

#include "base/radix.h"
#include "decode/decoder.h"

namespace sluice::decode {
namespace {

using base::CopiedRange;

bool has_mark(std::string_view text, const EncodedRun& run) {
  return decode(text, run).text.find("MARK") != std::string::npos;
}

auto all_of(const EncodedRuns& runs) {
  std::vector<std::tuple<std::size_t, std::size_t, std::size_t, Encoding, bool>> all;
  for (const EncodedRun& run : runs) all.emplace_back(run.anchor, run.begin, run.end, run.encoding, run.holds_secret);
  return all;
}

// Texts of encoded pieces, and what deltas make of them.
class TextMaker {
 public:
  explicit TextMaker(unsigned seed) : random_(seed) {}

  std::size_t pick(std::size_t bound) { return random_() % bound; }

  std::string piece() {
    std::string plain = pick(2) == 0 ? "here is a MARK, and more " : "nothing is in this one ";
    for (std::size_t i = pick(6); i > 0; --i) plain += "and more and more of it ";
    std::string text;
    switch (pick(9)) {
      case 0: return base::encode_base64(plain);
      case 1: return base::encode_base64url(plain);
      case 2: {
        const std::string encoded = base::encode_base64(plain);
        const std::size_t width = 4 * (6 + pick(12));
        for (std::size_t at = 0; at < encoded.size(); at += width) text += encoded.substr(at, width) + "\n";
        return text;
      }
      case 3: {
        for (const char c : plain) text += "0123456789abcdef"[c >> 4], text += "0123456789abcdef"[c & 15];
        return (pick(2) == 0 ? "0x" : "") + text;
      }
      case 4: {
        for (const char c : plain) text += c == ' ' ? "%20" : std::string(1, c);
        return text;
      }
      case 5: {
        for (const char c : plain) text += c == 'M' ? "\\u004d" : c == ' ' ? "\\x20" : std::string(1, c);
        return text;
      }
      case 6: {
        for (const char c : plain) text += c == ' ' ? "&#32;" : std::string(1, c);
        return text;
      }
      case 7: return "key=3D" + plain + "=\nrest=3D";
      default: return "plain words, = % \\ & between " + std::string(pick(200), 'w');
    }
  }

  std::string fresh(std::size_t size) {
    static constexpr const char* seams[] = {"\n", " ", "", "\n    ", "=\"", "\"\n", "%", "A"};
    std::string text;
    while (text.size() < size) text += piece() + seams[pick(8)];
    return text;
  }

  std::string edited(const std::string& base, std::vector<CopiedRange>& copied) {
    std::string text;
    std::size_t from = 0;
    const bool is_tidy = pick(3) != 0;
    for (std::size_t parts = 1 + pick(5); parts > 0; --parts) {
      if (pick(2) == 0) text += fresh(1).substr(0, 1 + pick(pick(2) == 0 ? 4 : 300));
      if (!is_tidy) from = pick(base.size() + 1);
      std::size_t size = pick(base.size() - from + 1);
      if (is_tidy && parts == 1) size = base.size() - from;
      if (size != 0) copied.push_back({text.size(), from, size});
      text += base.substr(from, size);
      from = is_tidy ? std::min(base.size(), from + size + pick(6)) : 0;
    }
    return text;
  }

 private:
  std::mt19937 random_;
};

TEST(RunSearch, OfAChangedTextIsThatOfTheTextItself) {
  std::size_t marks = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    TextMaker make(seed);
    std::string base = make.fresh(200 + make.pick(3000));
    EncodedRuns runs = search_runs(base, has_mark);
    for (int generation = 0; generation < 6; ++generation) {
      std::vector<CopiedRange> copied;
      const std::string text = make.edited(base, copied);
      EncodedRuns changed = search_changed_runs(text, copied, runs, base.size(), has_mark);
      ASSERT_EQ(all_of(changed), all_of(search_runs(text, has_mark))) << "seed " << seed << ", " << generation;
      marks += static_cast<std::size_t>(
          std::count_if(changed.begin(), changed.end(), [](const EncodedRun& run) { return run.holds_secret; }));
      base = text;
      runs = std::move(changed);
    }
  }
  EXPECT_GT(marks, 1000u);
}

TEST(RunSearch, LooksOnlyIntoWhatIsNew) {
  const std::string run = base::encode_base64("a text that is long enough, with a MARK in it");
  const std::string text = "first: " + run + "\n" + std::string(2000, '.') + "\n";
  std::size_t looks = 0;
  const HoldsSecret count = [&](std::string_view, const EncodedRun&) { return ++looks > 0; };
  const EncodedRuns runs = search_runs(text, count);
  EXPECT_EQ(looks, 1u);
  const std::string longer = text + "second: " + run;
  const EncodedRuns both = search_changed_runs(longer, std::vector<CopiedRange>{{0, 0, text.size()}}, runs, text.size(), count);
  EXPECT_EQ(both.size(), 2u);
  EXPECT_EQ(looks, 2u);
}

}  // namespace
}  // namespace sluice::decode
