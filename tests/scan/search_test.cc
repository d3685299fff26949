#include "scan/search.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <string>

#include "rules/rule_set.h"
#include "rules/template.h"
#include "support/builtin_rules.h"

namespace sluice::scan {
namespace {

using base::CopiedRange;

struct Version {
  std::string text;
  std::vector<CopiedRange> copied;
};

// Texts made of the rules' own examples, and texts made from these as deltas make them.
class TextMaker {
 public:
  explicit TextMaker(unsigned seed) : random_(seed) {
    for (const rules::Rule& rule : rules::builtin_rules()) {
      for (const auto list : {rule.match, rule.no_match}) {
        for (const std::string_view example : list) {
          if (const auto text = rules::expand_template(example, std::string(rule.id))) pieces_.push_back(*text);
        }
      }
      for (const std::string_view keyword : rule.keywords) pieces_.emplace_back(keyword);
    }
  }

  std::string fresh(std::size_t size) {
    static constexpr const char* seams[] = {"\n", " ", "", "\n  key: ", "=\"", "\"\n", "\n\n"};
    std::string text;
    while (text.size() < size) text += pieces_[pick(pieces_.size())] + seams[pick(7)];
    return text;
  }

  // Copies of parts of `base`, in any order, some twice, with new bytes between them.
  Version edited(const std::string& base) {
    Version version;
    const bool is_tidy = pick(3) != 0;
    std::size_t from = 0;
    for (std::size_t parts = 1 + pick(5); parts > 0; --parts) {
      if (pick(2) == 0) insert(version, pick(4) == 0 ? 400 : 3);
      if (!is_tidy) from = pick(base.size() + 1);
      std::size_t size = pick(base.size() - from + 1);
      if (is_tidy && parts == 1) size = base.size() - from;
      if (size != 0) version.copied.push_back({version.text.size(), from, size});
      version.text += base.substr(from, size);
      from = is_tidy ? std::min(base.size(), from + size + pick(6)) : 0;
    }
    if (pick(4) == 0) insert(version, 60);
    return version;
  }

  std::size_t pick(std::size_t below) { return random_() % below; }

 private:
  void insert(Version& version, std::size_t size) {
    const std::string piece = fresh(size + 1);
    version.text += piece.substr(0, 1 + pick(std::min(piece.size(), size)));
  }

  std::mt19937 random_;
  std::vector<std::string> pieces_;
};

std::vector<std::string> described(const Candidates& candidates) {
  std::vector<std::string> lines;
  for (const Candidate& one : candidates) {
    lines.push_back(fmt::format("{} rule {} outcome {} match {}-{} secret {}-{} look {}-{} {}{}",
                                one.keyword().begin, one.rule(), static_cast<int>(one.outcome()),
                                one.whole().begin, one.whole().end, one.secret().begin, one.secret().end,
                                one.look().begin, one.look().end, one.look().saw_begin ? "begin " : "",
                                one.look().saw_end ? "end" : ""));
    if (one.features) lines.back() += fmt::format(" features {}", fmt::join(*one.features, " "));
    lines.back() += fmt::format(" likeness {} {} {}", one.likeness.name, one.likeness.value, one.likeness.form);
  }
  return lines;
}

TEST(Search, OfChangedTextsFindsWhatTheSearchOfWholeTextsFinds) {
  const Scanner scanner(sluice::testing::builtin_rules());
  Search search(scanner);
  TextMaker maker(5);
  std::size_t accepted = 0;
  for (int round = 0; round < 120; ++round) {
    std::string text = maker.fresh(1 + maker.pick(6000));
    Candidates candidates = search.scan(text, false);
    for (int generation = 0; generation < 6; ++generation) {
      Version next = maker.edited(text);
      const Candidates whole = search.scan(next.text, false);
      Candidates changed = search.scan_changed(next.text, false, next.copied, candidates, text.size());
      ASSERT_EQ(described(changed), described(whole)) << round << " " << generation;
      for (std::size_t i = 0; i < whole.size(); ++i) {
        accepted += whole[i].outcome() == Candidate::Outcome::accepted;
      }
      text = std::move(next.text);
      candidates = std::move(changed);
      if (text.size() > 20'000) break;
    }
  }
  EXPECT_GT(accepted, 10'000u);
}

TEST(Search, OfPartsFindsWhatTheSearchOfAllFinds) {
  const Scanner scanner(sluice::testing::builtin_rules());
  Search search(scanner);
  TextMaker maker(6);
  for (int round = 0; round < 60; ++round) {
    const std::string text = maker.fresh(200 + maker.pick(6000));
    Candidates all;
    Candidates part;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.size(), begin + 1 + maker.pick(900));
      search.scan_part(text, false, {begin, end}, part);
      all.insert(all.end(), part.begin(), part.end());
      begin = end;
    }
    ASSERT_EQ(described(all), described(search.scan(text, false))) << round;
  }
}

// Those of which something came.
std::vector<std::string> matches_among(const Candidates& candidates) {
  Candidates matches;
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(matches),
               [](const Candidate& one) { return one.outcome() != Candidate::Outcome::nothing; });
  return described(matches);
}

TEST(Search, ForOnceFindsTheSameMatchesBeforeAndAfterGatesAreMade) {
  const Scanner scanner(sluice::testing::builtin_rules());
  Search plain(scanner);
  Search search(scanner);
  TextMaker maker(7);
  std::size_t less = 0;
  for (int round = 0; round < 200; ++round) {
    const std::string text = maker.fresh(1 + maker.pick(3000));
    const Candidates all = plain.scan(text, false);
    const Candidates once = search.scan_once(text, false);
    ASSERT_EQ(matches_among(once), matches_among(all)) << round;
    less += all.size() - once.size();
    ASSERT_EQ(matches_among(Search(scanner).scan_once(text, false)), matches_among(all)) << round;
  }
  EXPECT_GT(less, 100u);
}

TEST(Search, ASecretThatASeamCompletesIsNew) {
  const Scanner scanner(sluice::testing::builtin_rules());
  Search search(scanner);
  const std::string token = *rules::expand_template("ghp_{{alnum:36}}", "seam");
  const std::string base = "x = " + token.substr(0, 20) + "\n" + std::string(500, '-') + token.substr(20) + "\n";
  const Candidates before = search.scan(base, false);
  EXPECT_TRUE(scanner.matches_of(base, before).empty());
  const std::size_t cut = base.find('\n');
  const std::size_t again = cut + 501;
  const std::string text = base.substr(0, cut) + base.substr(again);
  const std::vector<CopiedRange> copied = {{0, 0, cut}, {cut, again, base.size() - again}};
  EXPECT_EQ(scanner.matches_of(text, search.scan_changed(text, false, copied, before, base.size())).size(), 1u);
}

TEST(Search, TheEndOfATextHasASayToo) {
  const Scanner scanner(sluice::testing::builtin_rules());
  Search search(scanner);
  const std::string token = *rules::expand_template("ghp_{{alnum:36}}", "end");
  const std::string base = token + "x";
  const Candidates before = search.scan(base, false);
  const std::vector<CopiedRange> copied = {{0, 0, token.size()}};
  EXPECT_EQ(scanner.matches_of(token, search.scan_changed(token, false, copied, before, base.size())).size(), 1u);
}

}  // namespace
}  // namespace sluice::scan
