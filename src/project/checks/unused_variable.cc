#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "project/checks.h"

namespace sluice::project {
namespace {

// Libraries and programs read these by themselves.
constexpr std::array<std::string_view, 40> read_by_libraries = {
    "AWS_",    "AZURE_",  "GOOGLE_",  "GCP_",      "GCLOUD_",   "HF_",       "HUGGING",  "OPENAI_",
    "ANTHROPIC_", "WANDB_", "MLFLOW_", "COMET_",   "NEPTUNE_",  "CLEARML_",  "DVC_",     "RAY_",
    "CUDA_",   "NCCL_",   "OMP_",     "PYTHON",    "PIP_",      "UV_",       "POETRY_",  "NODE_",
    "NPM_",    "COMPOSE_", "DOCKER_", "POSTGRES_", "PG",        "MYSQL_",    "MONGO_",   "REDIS_",
    "MINIO_",  "AIRFLOW_", "PREFECT_", "SENTRY_",  "OTEL_",     "DD_",       "LANG",     "TF_VAR_"};

constexpr std::array<std::string_view, 8> usual_names = {"PORT",      "HOST",  "DEBUG", "LOG_LEVEL",
                                                         "LOGLEVEL", "TZ",    "HTTP_PROXY", "NO_PROXY"};

bool is_read_by_library(std::string_view name) {
  return std::any_of(read_by_libraries.begin(), read_by_libraries.end(),
                     [&](std::string_view prefix) { return name.starts_with(prefix); }) ||
         std::find(usual_names.begin(), usual_names.end(), name) != usual_names.end();
}

bool is_used(const Subject& subject, const std::string& name) {
  const auto found = subject.survey.variables.find(name);
  return (found != subject.survey.variables.end() && found->second.named.line != 0) ||
         std::any_of(subject.references.begin(), subject.references.end(),
                     [&](const Reference& reference) { return reference.variable == name; });
}

// Where most keys of a template are used nowhere, their reader is not in this project.
bool is_read_here(const Subject& subject, const std::string& path) {
  std::size_t used = 0;
  std::size_t all = 0;
  for (const TemplateKey& key : subject.template_keys) {
    if (key.at.path != path || key.is_optional || is_read_by_library(key.name)) continue;
    ++all;
    if (is_used(subject, key.name)) ++used;
  }
  return used * 2 > all;
}

}  // namespace

void check_unused_variable(const Subject& subject, const Check& check, FindingSink& sink) {
  std::set<std::string> told;
  for (const TemplateKey& key : subject.template_keys) {
    if (key.is_optional || told.contains(key.name) || is_read_by_library(key.name) ||
        is_used(subject, key.name) || !is_read_here(subject, key.at.path)) {
      continue;
    }
    told.insert(key.name);
    Finding finding = finding_of(
        check, key.at,
        fmt::format("nothing uses {}: no code, configuration or deployment names it", key.name), key.name);
    finding.at.end_column = finding.at.column + static_cast<std::uint32_t>(key.name.size());
    sink.add(std::move(finding));
  }
}

}  // namespace sluice::project
