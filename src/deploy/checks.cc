#include "deploy/checks.h"

#include <array>

namespace sluice::deploy {
namespace {

constexpr std::array<Check, 11> rows = {{
    {"SEC001", "secret-in-script", "A workflow's script has a secret in its text", Severity::low,
     "hand it over as a variable: `env: {TOKEN: ${{ secrets.TOKEN }}}` and `\"$TOKEN\"` in the "
     "script",
     FileKind::workflow, check_secret_in_script},
    {"SEC002", "secret-written", "A workflow writes a secret where others can read it",
     Severity::high,
     "hand it to the one step that needs it as a variable; what is written to files, outputs, "
     "images and "
     "artifacts stays",
     FileKind::workflow, check_secret_written},
    {"SEC003", "workflow-literal", "A workflow holds the value of a secret", Severity::high,
     "store it under Settings > Secrets, write `${{ secrets.NAME }}`, and rotate it: the history "
     "keeps it",
     FileKind::workflow, check_workflow_literal},
    {"SEC004", "static-cloud-keys", "A workflow signs in to AWS with long-lived keys",
     Severity::medium, "use `role-to-assume` with `permissions: {id-token: write}`",
     FileKind::workflow, check_static_cloud_keys},
    {"SEC005", "all-secrets-handed-over", "A workflow hands over every secret it has",
     Severity::medium, "name the secrets that are needed", FileKind::workflow,
     check_all_secrets_handed_over},
    {"SEC006", "foreign-code-with-secrets",
     "A workflow that anybody's pull request starts uses secrets", Severity::high,
     "use `pull_request`, or keep secrets out of this workflow", FileKind::workflow,
     check_foreign_code_with_secrets},
    {"SEC007", "production-without-environment",
     "A production job uses secrets without an environment", Severity::medium,
     "give the job `environment: production`, and keep its secrets there behind a review",
     FileKind::workflow, check_production_without_environment},
    {"SEC008", "dockerfile-secret", "A Dockerfile puts a secret into the image", Severity::high,
     "use `RUN --mount=type=secret,id=NAME`, or give it to the container when it starts",
     FileKind::dockerfile, check_dockerfile_secret},
    {"SEC009", "compose-literal", "A compose file holds the value of a secret", Severity::high,
     "write `${NAME:?}` with the value in an ignored .env, or use `secrets:`", FileKind::compose,
     check_compose_literal},
    {"SEC010", "kubernetes-secret", "A Kubernetes manifest holds the value of a secret",
     Severity::high, "use an ExternalSecret or a sealed one, and `secretKeyRef` in the container",
     FileKind::kubernetes, check_kubernetes_secret},
    {"SEC011", "terraform-literal", "Terraform holds the value of a secret", Severity::high,
     "take it from a data source or a sensitive variable without a default", FileKind::terraform,
     check_terraform_literal},
}};

}  // namespace

std::span<const Check> checks() { return rows; }

}  // namespace sluice::deploy
