#include "project/variables.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "config/interpolation.h"
#include "config/mask.h"
#include "config/walk.h"
#include "policy/dotenv_line.h"

namespace sluice::project {
namespace {

constexpr std::array<std::string_view, 12> given_by_system = {
    "HOME", "USER",   "PWD",  "PATH",   "HOSTNAME", "TMPDIR",
    "TMP",  "TEMP",   "LANG", "LOGNAME", "SHELL",   "UID"};

Place place_of(const config::Source& source, document::Mark at, bool is_secret) {
  const std::string_view line = (*source.document)->lines[at.line - 1];
  return {source.path(), at.line, at.column, config::masked_line(line, is_secret)};
}

void add_references(const config::Source& source, std::vector<Reference>& found) {
  if (!source.is_read() || source.file->text.find("${") == std::string::npos) return;
  config::for_each_value((*source.document)->root, [&](const config::KeyPath& path,
                                                       const document::Node& value) {
    if (value.kind != document::Kind::scalar || value.text.find("${") == std::string::npos) return;
    for (const config::Reference& reference : config::references(value.text, false)) {
      if (reference.kind != config::Reference::Kind::variable || reference.has_default) continue;
      const std::string& name = reference.keys.front();
      if (std::find(given_by_system.begin(), given_by_system.end(), name) != given_by_system.end()) {
        continue;
      }
      found.push_back({name, path.dotted(), &source, place_of(source, value.mark, path.is_secret()),
                       value.end.line, value.end.column});
    }
  });
}

}  // namespace

std::vector<Reference> references_of(const std::vector<config::Folder>& folders) {
  std::vector<Reference> found;
  for (const config::Folder& folder : folders) {
    if (folder.strategy == config::Strategy::helm) continue;
    config::for_each_source(folder, [&](const config::Source& source) { add_references(source, found); });
  }
  return found;
}

std::vector<TemplateKey> template_keys(const Files& files, const policy::EnvOptions& options,
                                       FindingSink& sink) {
  const policy::EnvNames names(options);
  std::vector<TemplateKey> keys;
  for (const std::string& path : files.paths) {
    if (names.classify(path) != policy::EnvKind::template_file) continue;
    const auto text = files.read(path);
    if (!text) {
      sink.add(Problem{text.error().what, text.error().where, text.error().remedy});
      continue;
    }
    std::uint32_t number = 0;
    for (const std::string_view line : base::split(*text, '\n')) {
      ++number;
      const auto assignment = policy::read_assignment(line);
      if (!assignment) continue;
      const auto column = static_cast<std::uint32_t>(
          base::count_code_points(line.substr(0, static_cast<std::size_t>(assignment->key.data() - line.data()))) + 1);
      keys.push_back({std::string(assignment->key), assignment->commented,
                      {path, number, column, std::string(assignment->key) + "="}});
    }
  }
  return keys;
}

}  // namespace sluice::project
