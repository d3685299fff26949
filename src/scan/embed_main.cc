// Works out the keyword table of the built-in rules and writes it as constant C++ arrays:
// `sluice_embed_keywords OUT.cc`
#include <fmt/format.h>

#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include "base/cpp_literal.h"
#include "base/file.h"
#include "rules/rule_set.h"
#include "scan/keyword_table.h"

namespace {

using sluice::scan::KeywordTable;
using sluice::scan::PrefilterTables;

template <class T, class Write>
std::string array(std::string_view type, std::string_view name, std::span<const T> values, Write write) {
  std::string out = fmt::format("constexpr std::array<{}, {}> {} = {{{{\n", type, values.size(), name);
  for (const T& value : values) out += write(value) + ",\n";
  return out + "}};\n";
}

std::string numbers(std::string_view name, std::span<const std::uint32_t> values) {
  return array("std::uint32_t", name, values, [](std::uint32_t value) { return fmt::format("{}u", value); });
}

std::string source_of(const KeywordTable& table) {
  const PrefilterTables& prefilter = table.prefilter;
  std::string out =
      "// Written by sluice_embed_keywords from the built-in rules.\n"
      "#include \"scan/keyword_table.h\"\n\n#include <array>\n\n"
      "namespace sluice::scan {\nnamespace {\n\nusing namespace std::string_view_literals;\n\n";
  out += array("std::string_view", "literals", table.literals, sluice::base::cpp_literal);
  out += numbers("rules", table.rules);
  out += numbers("first_rule", table.first_rule);
  out += numbers("uuid_rules", table.uuid_rules);
  out += numbers("rows", prefilter.rows);
  out += numbers("first_entry", prefilter.first_entry);
  out += array("PrefilterTables::Gram", "grams", prefilter.grams, [](const PrefilterTables::Gram& gram) {
    return fmt::format("{{{}u, {}u}}", gram.bytes, gram.mask);
  });
  out += array("PrefilterTables::Entry", "entries", prefilter.entries, [](const PrefilterTables::Entry& entry) {
    return fmt::format("{{{}u, {}u, {}u, {}u, {}u, {}u}}", entry.head, entry.case_bits, entry.head_mask, entry.literal,
                       entry.gram_offset, entry.size);
  });
  out += numbers("of_three_bytes", prefilter.of_three_bytes);
  return out + fmt::format(
                   "\n}}  // namespace\n\nKeywordTable builtin_keywords() {{\n"
                   "  return {{literals, rules, first_rule, uuid_rules, {}, {},\n"
                   "          {{literals, rows, first_entry, grams, entries, of_three_bytes}}}};\n}}\n\n"
                   "}}  // namespace sluice::scan\n",
                   table.reach_before, table.reach_behind);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: sluice_embed_keywords OUT.cc\n");
    return 2;
  }
  std::vector<const sluice::rules::Rule*> rules;
  for (const sluice::rules::Rule& rule : sluice::rules::builtin_rules()) rules.push_back(&rule);
  const sluice::scan::KeywordArrays keywords(rules);
  if (const sluice::Status status = sluice::base::write_file(argv[1], source_of(keywords.table())); !status) {
    fmt::print(stderr, "{}: {}\n", argv[1], status.error().what);
    return 2;
  }
  return 0;
}
