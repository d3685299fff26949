#include "deploy/checks.h"
#include "deploy/workflow.h"

namespace sluice::deploy {
namespace {

constexpr const char* message =
    "these keys work from anywhere until somebody rotates them; GitHub can get short-lived ones for "
    "this job alone (OIDC)";

// `AWS_ACCESS_KEY_ID: ${{ secrets.X }}` for whatever the job runs. With an endpoint of their own the
// keys are those of another store, which knows no roles; with a session token they are short-lived.
void check_variables(const document::Node& env, const File& file, const Check& check,
                     FindingSink& sink) {
  const document::Node* const key = env.find("AWS_ACCESS_KEY_ID");
  if (key == nullptr || secret_uses(key->text).empty()) return;
  if (env.find("AWS_SESSION_TOKEN") != nullptr) return;
  for (const document::Entry& entry : env.entries)
    if (entry.key.text.find("ENDPOINT") != entry.key.text.npos) return;
  sink.add(finding_of(check, file, {key->mark, message, "AWS_ACCESS_KEY_ID", {}}));
}

}  // namespace

void check_static_cloud_keys(const File& file, const Check& check, FindingSink& sink) {
  for_each_entry(*file.root, [&](const document::Entry& entry) {
    if (entry.key.text == "env") check_variables(entry.value, file, check, sink);
  });
  for_each_step(*file.root, [&](const Step& step) {
    const document::Node* const with = step.node.find("with");
    if (step.uses == nullptr || with == nullptr) return;
    if (!step.uses->text.starts_with("aws-actions/configure-aws-credentials")) return;
    const document::Node* const key = with->find("aws-access-key-id");
    // A role may be taken on with keys that an earlier step got by OIDC: `steps.*.outputs`.
    if (key == nullptr || key->text.find("steps.") != key->text.npos) return;
    sink.add(finding_of(check, file, {key->mark, message, step.uses->text, {}}));
  });
}

}  // namespace sluice::deploy
