// Validates rule files and writes them as a constant C++ table: `sluice_embed_rules OUT.cc RULES.yaml...`
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "base/cpp_literal.h"
#include "base/file.h"
#include "base/hash.h"
#include "rules/loader.h"

namespace {

using sluice::base::cpp_literal;
using sluice::rules::Rule;
using sluice::rules::Strings;

class TableWriter {
 public:
  void add(const Rule& rule) {
    rows_ += "    {";
    for (const std::string& member : members(rule)) rows_ += member + ", ";
    rows_ += "},\n";
  }

  std::string finish() const {
    return fmt::format(
        "// Written by sluice_embed_rules from rules/*.yaml.\n"
        "#include \"rules/rule_set.h\"\n\n"
        "namespace sluice::rules {{\nnamespace {{\n\nusing namespace std::string_view_literals;\n\n"
        "{}\nconstexpr Rule table[] = {{\n{}}};\n\n}}  // namespace\n\n"
        "std::span<const Rule> builtin_rules() {{ return table; }}\n\n"
        "std::string_view builtin_rules_digest() {{ return \"{}\"; }}\n\n}}  // namespace sluice::rules\n",
        lists_, rows_, sluice::base::to_hex(sluice::base::sha256(lists_ + rows_), 32));
  }

 private:
  std::vector<std::string> members(const Rule& rule) {
    return {cpp_literal(rule.id),
            cpp_literal(rule.title),
            fmt::format("Severity{{{}}}", static_cast<int>(rule.severity)),
            fmt::format("Confidence{{{}}}", static_cast<int>(rule.confidence)),
            fmt::format("Shape{{{}}}", static_cast<int>(rule.shape)),
            rule.is_judged ? "true" : "false",
            list(rule.keywords),
            cpp_literal(rule.pattern),
            fmt::format("{}", rule.secret_group),
            fmt::format("{}", rule.entropy),
            fmt::format("{}", rule.window),
            rule.keyword_inside ? "true" : "false",
            fmt::format("{{ByteSet({{{:#x}}}), {}}}", fmt::join(rule.required_run.set.words(), ", "), rule.required_run.least),
            list(rule.reject_words),
            list(rule.reject_shapes),
            list(rule.reject_context),
            cpp_literal(rule.verify),
            cpp_literal(rule.pair_rule),
            fmt::format("{}", rule.pair_within),
            rule.half_only ? "true" : "false",
            list(rule.include_paths),
            list(rule.exclude_paths),
            rule.text_only ? "true" : "false",
            cpp_literal(rule.description),
            cpp_literal(rule.remedy),
            cpp_literal(rule.reference),
            list(rule.match),
            list(rule.no_match)};
  }

  std::string list(Strings strings) {
    if (strings.empty()) return "{}";
    const std::string name = fmt::format("list{}", count_++);
    lists_ += fmt::format("constexpr std::string_view {}[] = {{", name);
    for (const std::string_view text : strings) lists_ += cpp_literal(text) + ", ";
    lists_ += "};\n";
    return name;
  }

  std::size_t count_ = 0;
  std::string lists_;
  std::string rows_;
};

int report(const std::vector<sluice::Error>& errors) {
  for (const sluice::Error& error : errors) {
    std::fprintf(stderr, "%s\n", sluice::to_string(error).c_str());
  }
  return errors.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: sluice_embed_rules OUT.cc RULES.yaml...\n");
    return 2;
  }
  sluice::rules::RuleSet set;
  std::vector<sluice::Error> errors;
  std::map<std::string_view, std::string> origin;
  for (int i = 2; i < argc; ++i) {
    const std::string path = argv[i];
    const auto text = sluice::base::read_file(path);
    if (!text) return report({text.error()});
    sluice::rules::RuleSet file;
    for (auto& error : sluice::rules::load_rules(*text, path, file)) errors.push_back(std::move(error));
    for (const Rule* rule : file.rules()) {
      const auto [other, fresh] = origin.emplace(set.keep(rule->id), path);
      if (!fresh) {
        errors.push_back({sluice::ErrorKind::invalid_input,
                          fmt::format("rule id '{}' is in {} already", rule->id, other->second), path, {}});
      }
    }
    if (errors.empty()) (void)sluice::rules::load_rules(*text, path, set);
  }
  if (!errors.empty()) return report(errors);

  for (const Rule* rule : set.rules()) {
    if (rule->pair_rule.empty() || set.find(rule->pair_rule) != nullptr) continue;
    errors.push_back({sluice::ErrorKind::invalid_input,
                      fmt::format("rule '{}' pairs with '{}', which there is not", rule->id, rule->pair_rule),
                      origin[rule->id], {}});
  }
  if (!errors.empty()) return report(errors);

  std::vector<const Rule*> sorted = set.rules();
  std::sort(sorted.begin(), sorted.end(), [](const Rule* a, const Rule* b) { return a->id < b->id; });
  TableWriter writer;
  for (const Rule* rule : sorted) writer.add(*rule);
  const auto written = sluice::base::write_file(argv[1], writer.finish());
  return written ? 0 : report({written.error()});
}
