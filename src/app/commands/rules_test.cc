#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "app/commands/define.h"
#include "app/output.h"
#include "app/print_error.h"
#include "app/session.h"
#include "base/file.h"
#include "rules/loader.h"
#include "scan/example_test.h"

namespace sluice::app {
namespace {

// The rules of the files named, or nothing after printing what is wrong with them.
std::optional<rules::RuleSet> load_files(const std::vector<std::string>& files) {
  rules::RuleSet set;
  bool good = true;
  for (const std::string& file : files) {
    const auto text = base::read_file(file);
    const std::vector<Error> errors =
        text ? rules::load_rules(*text, file, set) : std::vector<Error>{text.error()};
    for (const Error& error : errors) print_error(error);
    good = good && errors.empty();
  }
  if (!good) return std::nullopt;
  return set;
}

int test(const rules::RuleSet& set) {
  std::string text;
  std::size_t examples = 0;
  std::size_t failed = 0;
  for (const rules::Rule* rule : set.rules()) {
    examples += rule->match.size() + rule->no_match.size();
    for (const std::string& failure : scan::test_examples(*rule)) {
      text += fmt::format("{}: {}\n", rule->id, failure);
      ++failed;
    }
  }
  text += fmt::format("{} rules, {} examples, {} failed\n", set.size(), examples, failed);
  if (!write_stdout(text)) return 2;
  return failed == 0 ? 0 : 1;
}

}  // namespace

Action define_rules_test(CLI::App& cli) {
  const auto files = std::make_shared<std::vector<std::string>>();
  cli.add_option("FILE", *files, "Rule files instead of the built-in rules and the policy's");
  return [files](const Options& options) {
    if (!files->empty()) {
      const auto set = load_files(*files);
      return set ? test(*set) : 2;
    }
    const auto session = Session::open(options, Session::Needs::nothing);
    return session ? test(session->rules()) : 2;
  };
}

}  // namespace sluice::app
