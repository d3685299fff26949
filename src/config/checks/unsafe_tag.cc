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

bool is_unsafe(std::string_view tag) {
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
      if (value.is_alias || !is_unsafe(value.tag)) return;
      reporter.report({source,
                       {value.mark, value.mark},
                       fmt::format("`{}` has {}: a safe loader refuses the file, an unsafe one "
                                   "lets the file run code",
                                   path.dotted(), shown(path, value.tag)),
                       path.identity(),
                       {},
                       path.is_secret(),
                       {}});
    });
  });
}

}  // namespace sluice::config
