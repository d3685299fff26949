#include <fmt/format.h>

#include <set>
#include <string>
#include <tuple>

#include "config/checks.h"
#include "config/mask.h"
#include "config/merged.h"
#include "config/schema_value.h"
#include "schema/schema.h"

namespace sluice::config {
namespace {

// The way from `root` to `wanted`, which the walk finds by its address.
class Way {
 public:
  explicit Way(const Merged& wanted) : wanted_(wanted) {}

  // Recursion is bounded by the documents' depth.
  bool find(const Merged& at, const std::string& path, bool is_secret) {
    if (&at == &wanted_) {
      dotted = path;
      hides = is_secret;
      return true;
    }
    for (const Merged::Entry& entry : at.entries) {
      const std::string key = (path.empty() ? "" : path + ".") + shortened(entry.key->text, 80);
      if (find(entry.value, key, is_secret || looks_secret(entry.key->text))) return true;
    }
    for (std::size_t i = 0; i < at.items.size(); ++i) {
      if (find(at.items[i], fmt::format("{}[{}]", path, i), is_secret)) return true;
    }
    return false;
  }

  std::string dotted;
  bool hides = false;

 private:
  const Merged& wanted_;
};

const Merged::Entry* entry_of(const Merged& mapping, const std::string& key) {
  for (const Merged::Entry& entry : mapping.entries) {
    if (entry.key->text == key) return &entry;
  }
  return nullptr;
}

class Teller {
 public:
  Teller(const schema::Schema& schema, Reporter& reporter) : schema_(schema), reporter_(reporter) {}

  void tell(const schema::Violation& violation, const Merged& root, const std::string& environment) {
    const auto& value = *static_cast<const Merged*>(violation.value->origin);
    const Merged::Entry* surplus = violation.key.empty() ? nullptr : entry_of(value, violation.key);
    const Given& given = surplus != nullptr ? surplus->value.given : value.given;
    const Source& source = *given.source;
    Span span = given.key != nullptr ? span_of(document::EffectiveEntry{given.key, given.value, given.via})
                                     : Span{given.value->mark, given.value->mark};
    if (surplus != nullptr && given.via == nullptr) span = span_of(*surplus->key);
    // One value and one keyword are one mistake, however many environments inherit it.
    if (!seen_.insert({&source, span.start.line, span.start.column, violation.at.line, violation.at.column,
                       violation.message}).second) {
      return;
    }
    Way way(surplus != nullptr ? surplus->value : value);
    way.find(root, "", false);
    Draft draft{source, span, {}, {}, {}, way.hides, {}};
    draft.identity = fmt::format("{} {} {}", way.dotted, violation.keyword, violation.message);
    draft.message = fmt::format("`{}` {}{}", way.dotted.empty() ? "the whole" : way.dotted, violation.message,
                                environment.empty() ? "" : fmt::format(" (as {} gets it)", environment));
    draft.related.push_back({schema_.path(), violation.at.line, violation.at.column,
                             fmt::format("`{}` of the schema", violation.keyword),
                             masked_line(schema_.lines()[violation.at.line - 1], false)});
    reporter_.report(std::move(draft));
  }

  // Without an answer the files must not pass.
  void tell_undecided(const Source& source, const std::string& why) {
    Draft draft{source, {}, {}, "undecided", {}, false, {}};
    draft.message = fmt::format("cannot be held against {}: {}", schema_.path(), why);
    reporter_.report(std::move(draft));
  }

 private:
  const schema::Schema& schema_;
  Reporter& reporter_;
  std::set<std::tuple<const Source*, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t, std::string>>
      seen_;
};

void look(const Folder& folder, const Source* environment, const Options& options, Teller& teller) {
  const Merged root = merged(folder, environment, options);
  if (root.given.source == nullptr) return;
  schema::Value value = schema_value(root);
  // Editors take it for themselves, whatever the schema says.
  std::erase_if(value.members, [](const auto& member) { return member.first == "$schema"; });
  const auto violations = folder.schema->validate(value);
  if (!violations) {
    teller.tell_undecided(*root.given.source, violations.error().what);
    return;
  }
  for (const schema::Violation& violation : *violations) {
    teller.tell(violation, root, environment == nullptr ? "" : environment->environment);
  }
}

}  // namespace

// The merged document counts, because what an environment lacks the base may give.
void check_schema_violation(const Subject& subject, Reporter& reporter) {
  const Folder& folder = subject.folder;
  if (folder.schema == nullptr) return;
  Teller teller(*folder.schema, reporter);
  for (const Source& environment : folder.environments) {
    if (environment.mapping() != nullptr) look(folder, &environment, subject.options, teller);
  }
  if (folder.environments.empty()) look(folder, nullptr, subject.options, teller);
}

}  // namespace sluice::config
