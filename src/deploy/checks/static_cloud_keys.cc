#include "deploy/checks.h"
#include "deploy/workflow.h"

namespace sluice::deploy {

void check_static_cloud_keys(const File& file, const Check& check, FindingSink& sink) {
  for_each_step(*file.root, [&](const Step& step) {
    const document::Node* const with = step.node.find("with");
    if (step.uses == nullptr || with == nullptr) return;
    if (!step.uses->text.starts_with("aws-actions/configure-aws-credentials")) return;
    const document::Node* const key = with->find("aws-access-key-id");
    // A role may be taken on with keys that an earlier step got by OIDC: `steps.*.outputs`.
    if (key == nullptr || key->text.find("steps.") != key->text.npos) return;
    sink.add(
        finding_of(check, file,
                   {key->mark,
                    "these keys work from anywhere until somebody rotates them; GitHub can get "
                    "short-lived ones for this job alone (OIDC)",
                    step.uses->text,
                    {}}));
  });
}

}  // namespace sluice::deploy
