#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "config/checks.h"
#include "config/mask.h"
#include "config/walk.h"

namespace sluice::config {
namespace {

constexpr std::array<std::string_view, 15> known_tags = {
    "!!str", "!!int", "!!float", "!!bool",  "!!null",  "!!timestamp", "!!binary", "!!map",
    "!!seq", "!!set", "!!omap",  "!!pairs", "!!merge", "!!value",     "!!yaml"};

// What the readers of Python, Ruby, Perl, JavaScript and PHP build objects of, with the marks taken away.
constexpr std::array<std::string_view, 5> object_tags = {"python/", "ruby/", "perl/", "js/", "php/"};

std::string_view name_of(std::string_view tag) {
  constexpr std::string_view prefix = "tag:yaml.org,2002:";
  if (tag.starts_with(prefix)) return tag.substr(prefix.size());
  return tag.substr(std::min(tag.find_first_not_of('!'), tag.size()));
}

// SnakeYAML takes the name of a class for a tag: `!!javax.script.ScriptEngineManager`.
bool is_java_class(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot != name.npos && dot > 0 && dot + 1 < name.size() && name[dot + 1] >= 'A' && name[dot + 1] <= 'Z' &&
         name.find('/') == name.npos;
}

bool builds_objects(std::string_view tag) {
  const std::string_view name = name_of(tag);
  return std::any_of(object_tags.begin(), object_tags.end(),
                     [&](std::string_view start) { return name.starts_with(start); }) ||
         (tag.starts_with("!!") && is_java_class(name));
}

bool is_unknown(std::string_view tag) {
  if (!tag.starts_with("!!") && !tag.starts_with("tag:yaml.org,2002:")) return false;
  return std::find(known_tags.begin(), known_tags.end(), tag) == known_tags.end();
}

// A password that begins with `!` reads as a tag.
std::string shown(const KeyPath& path, std::string_view tag) {
  return path.is_secret() ? "a tag" : fmt::format("the tag `{}`", shortened(tag, 80));
}

}  // namespace

void check_unsafe_tag(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read()) return;
    for_each_value((*source.document)->root, [&](const KeyPath& path, const document::Node& value) {
      if (value.tag.empty() || value.is_alias) return;
      const bool is_object = builds_objects(value.tag);
      if (!is_object && !is_unknown(value.tag)) return;
      const std::string_view effect =
          is_object ? "a safe loader refuses the file, an unsafe one lets the file run code"
                    : "YAML has none of that name, and a loader that the program does not teach it refuses "
                      "the file";
      Draft draft{source, {value.mark, value.mark}, {}, path.identity(), {}, path.is_secret(), {}};
      draft.message = fmt::format("`{}` has {}: {}", path.dotted(), shown(path, value.tag), effect);
      if (!is_object) {
        draft.remedy = "take the tag away, or write it with one `!`, as tags of an application are";
        draft.at_most = Severity::low;
      }
      reporter.report(std::move(draft));
    });
  });
}

}  // namespace sluice::config
