#include "deploy/checks.h"

#include <array>

namespace sluice::deploy {
namespace {

constexpr std::array<Check, 28> rows = {{
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
    {"SEC012", "python-fallback", "Python falls back to a literal where a secret is missing",
     Severity::medium,
     "take `os.environ[\"NAME\"]`, which fails where the secret is missing, or "
     "`sluice_config.load()`",
     FileKind::python, check_python_fallback},
    {"SEC013", "python-env-file", "Python reads an env file whatever the environment is",
     Severity::low,
     "read it only where `os.environ.get(\"APP_ENV\") == \"dev\"`, or let `sluice run --env dev` "
     "do it",
     FileKind::python, check_python_env_file},
    {"SEC014", "airflow-literal", "Airflow's settings or code hold the value of a secret",
     Severity::high,
     "keep connections in a secrets backend, and settings in `AIRFLOW__SECTION__KEY_CMD` or "
     "`_SECRET`",
     FileKind::airflow_settings | FileKind::python, check_airflow_literal},
    {"SEC015", "airflow-without-backend", "Airflow has no secrets backend", Severity::low,
     "set `backend` under `[secrets]`, such as "
     "airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend",
     FileKind::airflow_settings, check_airflow_without_backend},
    {"SEC016", "data-tool-credentials", "DVC's or MLflow's settings hold the value of a secret",
     Severity::high,
     "use a role or a profile; `dvc remote modify --local` writes to .dvc/config.local, which Git "
     "ignores",
     FileKind::data_tool_settings, check_data_tool_credentials},
    {"SEC017", "helm-values", "Helm values hold the value of a secret", Severity::high,
     "name an existing Secret (`existingSecret`) that an operator fills", FileKind::helm_values,
     check_helm_values},
    {"SEC018", "terraform-state", "Git tracks Terraform's state", Severity::high,
     "move it to a remote backend, `git rm --cached` it, ignore `*.tfstate*`, and rotate what it "
     "holds",
     FileKind::terraform_state, check_terraform_state},
    {"SEC019", "iam-too-wide", "An IAM policy reaches more secrets than a program needs",
     Severity::high,
     "allow secretsmanager:GetSecretValue on the ARNs of the secrets that the program reads",
     FileKind::terraform | FileKind::iam_policy, check_iam_too_wide},
    {"SEC020", "literal-beside-references", "A configuration that refers to secrets holds one",
     Severity::high, "store it where the others are, and refer to it: `aws-sm://name#key`",
     FileKind::configuration, check_literal_beside_references},
    {"SEC021", "foreign-reference", "One environment reads another's secret", Severity::high,
     "give each environment a secret and a role of its own",
     FileKind::configuration | FileKind::terraform | FileKind::iam_policy,
     check_foreign_reference},
    {"SEC022", "secret-without-rotation", "Terraform declares a secret that nothing rotates",
     Severity::low, "add an aws_secretsmanager_secret_rotation for it", FileKind::terraform,
     nullptr, check_secret_without_rotation},
    {"SEC023", "undeclared-reference", "Configuration and Terraform name different secrets",
     Severity::medium, "declare the secret, mend the reference, or take out what is not used",
     FileKind::configuration | FileKind::terraform, nullptr, check_undeclared_reference},
    {"SEC024", "undocumented-secret", "A workflow uses a secret that no document names",
     Severity::low, "say in a README what it is for and where its value comes from",
     FileKind::workflow | FileKind::prose, nullptr, check_undocumented_secret},
    {"SEC025", "role-without-access", "An environment refers to a secret that its role cannot read",
     Severity::medium, "allow secretsmanager:GetSecretValue on it, or mend the reference",
     FileKind::configuration | FileKind::terraform | FileKind::iam_policy, nullptr,
     check_role_without_access},
    {"SEC026", "terraform-variables", "Git tracks values of Terraform's variables", Severity::low,
     "ignore `*.tfvars`, keep an example, and hand over secrets as TF_VAR_* or by a data source",
     FileKind::terraform, check_terraform_variables},
    {"SEC027", "notebook-credentials", "A notebook holds a secret or shows the environment",
     Severity::high,
     "read it from the environment (`sluice run -- jupyter lab`), clear the output, rotate the secret",
     FileKind::notebook, check_notebook_credentials},
    {"SEC028", "compose-env-file", "A compose file reads an env file that Git tracks",
     Severity::medium, "ignore the file, `git rm --cached` it, keep an example, and rotate what it holds",
     FileKind::compose, check_compose_env_file},
}};

}  // namespace

std::span<const Check> checks() { return rows; }

}  // namespace sluice::deploy
