#include "deploy/checks.h"
#include "deploy/workflow.h"

namespace sluice::deploy {
namespace {

// `toJSON(secrets)` with any spaces, in any case.
bool dumps_all(std::string_view text) {
  std::string bare;
  for (const char c : text.substr(0, 64u << 10))
    if (c != ' ') bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return bare.find("tojson(secrets)") != bare.npos;
}

}  // namespace

void check_all_secrets_handed_over(const File& file, const Check& check, FindingSink& sink) {
  for_each_entry(*file.root, [&](const document::Entry& entry) {
    if (entry.key.text == "secrets" && entry.value.text == "inherit")
      sink.add(finding_of(check, file,
                          {entry.value.mark,
                           "the called workflow gets every secret of this repository",
                           "inherit",
                           {}}));
    if (entry.value.kind == document::Kind::scalar && dumps_all(entry.value.text))
      sink.add(finding_of(check, file,
                          {entry.value.mark,
                           "`toJSON(secrets)` is every secret of this repository at once",
                           "tojson",
                           {}}));
  });
}

}  // namespace sluice::deploy
