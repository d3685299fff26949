#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>

#include "base/text.h"
#include "finding/fingerprint.h"
#include "policy/checks.h"
#include "policy/dotenv_line.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

constexpr std::size_t largest_template = 4u << 20;
constexpr std::size_t most_named = 5;

struct Template {
  const TreeFile* file;
  std::set<std::string> required;
  std::set<std::string> all;  // commented ones, too: those are optional
};

Template read(const TreeFile& file, std::string_view text) {
  Template result{&file, {}, {}};
  for (const std::string_view line : base::split(text, '\n')) {
    const auto assignment = read_assignment(line);
    if (!assignment) continue;
    result.all.emplace(assignment->key);
    if (!assignment->commented) result.required.emplace(assignment->key);
  }
  return result;
}

void compare(const std::vector<Template>& templates, const Check& check, FindingSink& sink) {
  for (const Template& mine : templates) {
    std::map<std::string, const Template*> missing;
    for (const Template& other : templates) {
      for (const std::string& key : other.required) {
        if (!mine.all.contains(key)) missing.emplace(key, &other);
      }
    }
    if (missing.empty()) continue;
    std::vector<std::string> names;
    for (const auto& [key, other] : missing) {
      if (names.size() < most_named) names.push_back(code(key));
    }
    if (missing.size() > names.size()) names.push_back(fmt::format("{} more", missing.size() - names.size()));
    Finding finding = finding_of(check, mine.file->path);
    finding.message = fmt::format("{} lacks {}, which {} has: one of the two environments starts without it",
                                  base_name(mine.file->path), fmt::join(names, ", "),
                                  base_name(missing.begin()->second->file->path));
    finding.related.push_back(
        {std::string(missing.begin()->second->file->path), 0, 0, "the other template", {}});
    finding.origin.object = mine.file->id().hex();
    finding.fingerprint = fingerprint(check.id, fmt::format("{}\n{}", mine.file->path, fmt::join(names, " ")));
    sink.add(std::move(finding));
  }
}

}  // namespace

void check_env_template_parity(const Subject& subject, const Check& check, FindingSink& sink) {
  std::map<std::string_view, std::vector<Template>> by_folder;
  for (const EnvFile& named : subject.env_files) {
    const TreeFile& file = *named.file;
    if (!file.is_regular() || named.kind != EnvKind::template_file) continue;
    // `.env.example` may name what all of them need; only those of one environment each are held
    // against each other.
    if (subject.names.name_from_template(file.path) == ".env") continue;
    const auto bytes = subject.tree.read(file, largest_template);
    if (bytes) by_folder[directory_of(file.path)].push_back(read(file, *bytes));
  }
  for (const auto& [folder, templates] : by_folder) compare(templates, check, sink);
}

}  // namespace sluice::policy
