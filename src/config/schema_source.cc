#include "config/schema_source.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/glob.h"
#include "base/text.h"
#include "schema/schema.h"

namespace sluice::config {
namespace {

constexpr std::array<std::string_view, 3> comment_marks = {"yaml-language-server:", "#:schema", "$schema:"};
constexpr std::size_t most_comment_lines = 20;

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? "" : std::string(path.substr(0, slash + 1));
}

// `a/b/../c/./d` without its detours.
std::string resolved(std::string_view path) {
  std::vector<std::string_view> parts;
  for (const std::string_view part : base::split(path, '/')) {
    if (part == "." || (part.empty() && !parts.empty())) continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else {
      parts.push_back(part);
    }
  }
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : "/") + std::string(parts[i]);
  return out;
}

// The word behind `mark` in a comment: `# yaml-language-server: $schema=./config.schema.json`.
std::string word_behind(std::string_view line) {
  for (const std::string_view mark : comment_marks) {
    const std::size_t at = line.find(mark);
    if (at == line.npos) continue;
    std::string_view word = base::trim(line.substr(at + mark.size()));
    if (mark == comment_marks[0]) {
      if (!word.starts_with("$schema=")) return {};
      word.remove_prefix(8);
    }
    return std::string(word.substr(0, word.find_first_of(" \t")));
  }
  return {};
}

bool is_on_the_web(std::string_view name) { return name.find("://") != name.npos; }

// Names that people give the schema of `base`, which is `config_base.yaml` or `values.yaml`.
std::vector<std::string> usual_names(const Source& base) {
  const std::string& path = base.path();
  const std::string folder = folder_of(path);
  const std::string name = path.substr(folder.size());
  const std::string stem = name.substr(0, name.rfind('.'));
  std::vector<std::string> stems = {stem};
  for (const std::string_view ending : {"_base", "-base", ".base"}) {
    if (stem.ends_with(ending)) stems.push_back(stem.substr(0, stem.size() - ending.size()));
  }
  std::vector<std::string> names;
  for (const std::string& one : stems) {
    for (const char* middle : {".schema", "_schema", "-schema"}) {
      for (const char* extension : {".json", ".yaml", ".yml"}) names.push_back(folder + one + middle + extension);
    }
  }
  return names;
}

class Attacher {
 public:
  Attacher(const Options& options, const ReadFile& read, FindingSink& sink)
      : options_(options), read_(read), sink_(sink) {}

  void attach(Folder& folder) {
    if (folder.bases.empty()) return;
    const Source& base = folder.bases.front();
    if (const std::string path = of_policy(base.path()); !path.empty()) return open(folder, path, true);
    for (const std::vector<Source>* list : {&folder.bases, &folder.environments}) {
      for (const Source& source : *list) {
        const std::string name = named_schema(source);
        if (name.empty()) continue;
        if (!is_on_the_web(name)) open(folder, resolved(folder_of(source.path()) + name), true);
        return;
      }
    }
    for (const std::string& path : usual_names(base)) {
      open(folder, path, false);
      if (folder.schema != nullptr) return;
    }
  }

 private:
  std::string of_policy(const std::string& path) const {
    for (const SchemaSetting& row : options_.schemas) {
      if (row.files.empty() || base::path_matches(row.files, path)) return row.schema;
    }
    return {};
  }

  void open(Folder& folder, const std::string& path, bool must_exist) {
    auto text = read_(path);
    if (!text) {
      if (!must_exist && text.error().kind == ErrorKind::not_found) return;
      sink_.add(Problem{"the schema cannot be read: " + text.error().what, path,
                        "correct where it is named, or commit the schema"});
      return;
    }
    // What only looks like one by its name.
    if (!must_exist && text->find("$schema") == std::string::npos &&
        text->find("properties") == std::string::npos) {
      return;
    }
    auto schema = schema::Schema::read(*text, path);
    if (!schema) {
      sink_.add(Problem{"the schema cannot be used: " + schema.error().what, schema.error().where,
                        schema.error().remedy});
      return;
    }
    folder.schema = std::make_shared<const schema::Schema>(std::move(*schema));
  }

  const Options& options_;
  const ReadFile& read_;
  FindingSink& sink_;
};

}  // namespace

std::string named_schema(const Source& source) {
  if (!source.is_read()) return {};
  const document::Document& document = **source.document;
  if (const document::Node* key = document.root.find("$schema")) return key->text;
  if (document.format == document::Format::json) return {};
  for (std::size_t i = 0; i < std::min(document.lines.size(), most_comment_lines); ++i) {
    const std::string_view line = base::trim(document.lines[i]);
    if (!line.starts_with('#')) continue;
    if (std::string name = word_behind(line); !name.empty()) return name;
  }
  return {};
}

void attach_schemas(std::vector<Folder>& folders, const Options& options, const ReadFile& read,
                    FindingSink& sink) {
  Attacher attacher(options, read, sink);
  for (Folder& folder : folders) attacher.attach(folder);
}

}  // namespace sluice::config
