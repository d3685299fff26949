#include <fmt/format.h>

#include "config/checks.h"
#include "config/values.h"
#include "config/walk.h"
#include "document/scalar.h"

namespace sluice::config {
namespace {

using document::Kind;
using document::Node;
using document::ScalarType;

// Whole numbers are left alone: they are common as keys of tables, and the same in every reader.
bool is_harmless(const Node& key) {
  if (key.kind == Kind::sequence || key.kind == Kind::mapping) return false;
  if (is_merge_key(key)) return true;
  const ScalarType type = key.type;
  return type == ScalarType::string || type == ScalarType::integer || type == ScalarType::custom;
}

void report(const Source& source, KeyPath path, const Node& key, Reporter& reporter) {
  path.push(key);
  Draft draft{source, span_of(key), {}, path.identity(), {}, path.is_secret(), {}};
  if (key.kind == Kind::mapping) {
    draft.message = "a mapping as key: PyYAML refuses the file; `{{ x }}` without quotes reads so";
    draft.remedy = "put the template in quotes: `\"{{ x }}\"`";
  } else if (key.kind == Kind::sequence) {
    draft.message = "a list as key: PyYAML refuses the file";
  } else {
    draft.message = fmt::format(
        "the key `{}` is {} to PyYAML, not a string: a program that asks for the "
        "text does not find it",
        path.dotted(), describe(key));
    draft.remedy = fmt::format("put the key in quotes: `\"{}\":`", key.text.substr(0, 80));
  }
  reporter.report(std::move(draft));
}

}  // namespace

void check_key_type(const Subject& subject, Reporter& reporter) {
  for_each_source(subject.folder, [&](const Source& source) {
    if (!source.is_read()) return;
    for_each_value((*source.document)->root, [&](const KeyPath& path, const Node& value) {
      if (value.is_alias) return;
      for (const document::Entry& entry : value.entries) {
        if (!is_harmless(entry.key)) report(source, path, entry.key, reporter);
      }
    });
  });
}

}  // namespace sluice::config
