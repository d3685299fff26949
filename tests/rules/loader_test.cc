#include "rules/loader.h"

#include <gtest/gtest.h>

#include <string>

namespace sluice::rules {
namespace {

const std::string good =
    "rules:\n"
    "  - id: acme-token\n"
    "    title: Acme token\n"
    "    severity: high\n"
    "    confidence: high\n"
    "    keywords: [acme_]\n"
    "    pattern: '\\b(acme_[a-z0-9]{20})\\b'\n"
    "    secret_group: 1\n"
    "    remedy: Revoke it.\n"
    "    match: ['acme_{{lowernum:20}}']\n"
    "    no_match: ['acme_{{lowernum:5}}']\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

std::vector<Error> errors_of(const std::string& yaml) {
  RuleSet set;
  auto errors = load_rules(yaml, "r.yaml", set);
  EXPECT_TRUE(errors.empty() || set.size() == 0) << "a faulty file must add nothing";
  return errors;
}

TEST(Loader, ReadsARule) {
  RuleSet set;
  ASSERT_TRUE(load_rules(good, "r.yaml", set).empty());
  ASSERT_EQ(set.size(), 1u);
  const Rule& rule = *set.find("acme-token");
  EXPECT_EQ(rule.title, "Acme token");
  EXPECT_EQ(rule.keywords.size(), 1u);
  EXPECT_EQ(rule.secret_group, 1);
  EXPECT_EQ(rule.window, 192u);
}

TEST(Loader, TextOutlivesTheFile) {
  RuleSet set;
  {
    std::string copy = good;
    ASSERT_TRUE(load_rules(copy, "r.yaml", set).empty());
    copy.assign(copy.size(), 'z');
  }
  RuleSet moved = std::move(set);
  EXPECT_EQ(moved.find("acme-token")->remedy, "Revoke it.");
}

struct Fault {
  const char* from;
  const char* to;
  const char* says;
  const char* where;
};

class LoaderFault : public testing::TestWithParam<Fault> {};

TEST_P(LoaderFault, IsNamedWithItsPlace) {
  const Fault& fault = GetParam();
  const auto errors = errors_of(replaced(good, fault.from, fault.to));
  ASSERT_FALSE(errors.empty());
  EXPECT_NE(to_string(errors.front()).find(fault.says), std::string::npos) << to_string(errors.front());
  EXPECT_EQ(errors.front().where, fault.where);
}

INSTANTIATE_TEST_SUITE_P(
    All, LoaderFault,
    testing::Values(Fault{"severity: high", "severity: hi", "severity must be", "r.yaml:4:15"},
                    Fault{"keywords: [acme_]", "keywords: [ac]", "at least 3", "r.yaml:6:15"},
                    Fault{"keywords: [acme_]", "keywords: []", "at least one", "r.yaml:6:15"},
                    Fault{"keywords: [acme_]", "keyword: [acme_]", "did you mean 'keywords'", "r.yaml:6:5"},
                    Fault{"secret_group: 1", "secret_group: 2", "has 1 groups", "r.yaml:7:14"},
                    Fault{"{20})", "{20}", "does not compile", "r.yaml:7:14"},
                    Fault{"id: acme-token", "id: Acme", "may hold only", "r.yaml:2:9"},
                    Fault{"{{lowernum:5}}", "{{nosuch:5}}", "unknown template class", "r.yaml:11:16"},
                    Fault{"remedy: Revoke it.", "remedy: ''", "'remedy' is empty", "r.yaml:9:13"}));

TEST(Loader, AllFaultsOfAFileAtOnce) {
  const auto errors = errors_of(
      replaced(replaced(good, "severity: high", "severity: hi"), "secret_group: 1", "secret_group: 9"));
  EXPECT_EQ(errors.size(), 2u);
}

TEST(Loader, RefusesTheSameIdTwice) {
  const auto errors = errors_of(good + good.substr(good.find("  - id")));
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_NE(errors[0].what.find("used twice"), std::string::npos);
}

TEST(Loader, RefusesExpressionsThatCostTooMuch) {
  const auto errors = errors_of(replaced(good, "{20})", "{900}){900}"));
  ASSERT_FALSE(errors.empty());
}

}  // namespace
}  // namespace sluice::rules
