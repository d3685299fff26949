#include <fmt/format.h>

#include <algorithm>

#include "deploy/checks.h"
#include "deploy/declared_secret.h"
#include "deploy/secret_grant.h"
#include "deploy/workflow.h"
#include "secrets/reference.h"

namespace sluice::deploy {
namespace {

struct Reference {
  const File* file;
  document::Mark at;
  std::string name;
};

std::vector<Reference> references_in(std::span<const File> files) {
  std::vector<Reference> found;
  for (const File& file : files) {
    if (file.kind != FileKind::configuration || !file.root) continue;
    for_each_entry(*file.root, [&](const document::Entry& entry) {
      if (!entry.value.text.starts_with("aws-sm://")) return;
      const auto reference = secrets::parse_reference(entry.value.text);
      if (reference) found.push_back({&file, entry.value.mark, secret_name(reference->name)});
    });
  }
  return found;
}

}  // namespace

// Says nothing where Terraform computes a name, or declares no secret at all.
void check_undeclared_reference(std::span<const File> files, const Check& check,
                                FindingSink& sink) {
  const auto declared = declared_secrets(files);
  const auto references = references_in(files);
  const bool is_told = std::all_of(declared.begin(), declared.end(),
                                   [](const DeclaredSecret& one) { return !one.name.empty(); });
  if (declared.empty() || references.empty() || !is_told) return;
  for (const Reference& reference : references) {
    const auto is_it = [&](const DeclaredSecret& one) {
      return may_be_named(one.name, reference.name);
    };
    if (std::none_of(declared.begin(), declared.end(), is_it))
      sink.add(finding_of(check, *reference.file,
                          {reference.at,
                           fmt::format("no Terraform here declares `{}`", reference.name),
                           reference.name,
                           {}}));
  }
  for (const DeclaredSecret& one : declared) {
    const auto is_it = [&](const Reference& reference) {
      return may_be_named(one.name, reference.name);
    };
    if (!one.is_elsewhere && std::none_of(references.begin(), references.end(), is_it))
      sink.add(finding_of(check, *one.file,
                          {{one.line, 1},
                           fmt::format("no configuration refers to `{}`", one.name),
                           one.name,
                           {}}));
  }
}

}  // namespace sluice::deploy
