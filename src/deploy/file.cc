#include "deploy/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ending_filter.h"
#include "base/pieces.h"
#include "base/text.h"
#include "config/mask.h"
#include "deploy/checks.h"
#include "finding/fingerprint.h"
#include "policy/image_build.h"
#include "policy/path.h"

namespace sluice::deploy {
namespace {

constexpr std::array<std::string_view, 7> kubernetes_folders = {
    "k8s", "kubernetes", "manifests", "kustomize", "deploy", "argocd", "helm"};
constexpr std::array<std::string_view, 2> policy_folders = {"iam", "policies"};
constexpr std::array<std::string_view, 3> test_folders = {"test", "tests", "testing"};

// How the path of each kind ends, but for a Dockerfile that has something behind its name.
constexpr base::EndingFilter endings = {
    ".yaml", ".yml",   ".py",          ".ipynb",      ".tf",  ".tfvars", ".json", ".tfstate",   ".backup",    ".cfg",
    "config", "config.local", "credentials", ".ini", ".md", ".rst", ".env.example", "dockerfile", "containerfile"};

bool is_yaml(std::string_view path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

template <std::size_t count>
bool lies_in_folder(std::string_view path, const std::array<std::string_view, count>& folders) {
  return base::any_piece(policy::directory_of(path), '/', [&](std::string_view part) {
    return std::any_of(folders.begin(), folders.end(),
                       [&](std::string_view folder) { return base::equals_ignoring_case(part, folder); });
  });
}

// Tests give values of their own to everything.
bool is_test(std::string_view path) {
  const std::string_view name = policy::base_name(path);
  return name.starts_with("test_") || name.ends_with("_test.py") || name == "conftest.py" ||
         lies_in_folder(path, test_folders);
}

bool is_data_tool_settings(std::string_view path) {
  const std::string_view name = policy::base_name(path);
  const std::string_view folder = policy::base_name(policy::directory_of(path));
  return (folder == ".dvc" && (name == "config" || name == "config.local")) ||
         (folder == ".mlflow" && name == "credentials") || name == "basic_auth.ini";
}

bool is_iam_policy(std::string_view path) {
  return path.ends_with(".json") &&
         (base::contains_ignoring_case(policy::base_name(path), "policy") ||
          lies_in_folder(path, policy_folders));
}

// The byte offset of a column in code points.
std::size_t offset_of(std::string_view line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < column && at < line.size(); ++i)
    at += base::code_point_length(line.substr(at));
  return at;
}

}  // namespace

FileKind kind_of(std::string_view path) {
  const std::string_view name = policy::base_name(path);
  // Asked for every path of a tree, so the usual answer must cost nothing.
  if (!endings.may_end(path)) {
    const bool begins_so = !name.empty() && (name[0] == 'd' || name[0] == 'D');
    return begins_so && policy::is_dockerfile(name) ? FileKind::dockerfile : FileKind::none;
  }
  if (is_yaml(path)) {
    if (path.starts_with(".github/workflows/")) return FileKind::workflow;
    if (policy::is_compose_file(name)) return FileKind::compose;
    if (name.starts_with("values")) return FileKind::helm_values;
    if (lies_in_folder(path, kubernetes_folders)) return FileKind::kubernetes;
    return FileKind::none;
  }
  if (name.ends_with(".py")) return is_test(path) ? FileKind::none : FileKind::python;
  if (name.ends_with(".ipynb")) return FileKind::notebook;
  if (name.ends_with(".tf") || name.ends_with(".tfvars") || name.ends_with(".tfvars.json"))
    return FileKind::terraform;
  if (name.ends_with(".tfstate") || name.ends_with(".tfstate.backup"))
    return FileKind::terraform_state;
  if (name == "airflow.cfg") return FileKind::airflow_settings;
  if (is_data_tool_settings(path)) return FileKind::data_tool_settings;
  if (is_iam_policy(path)) return FileKind::iam_policy;
  if (name.ends_with(".md") || name.ends_with(".rst") || name == ".env.example")
    return FileKind::prose;
  return policy::is_dockerfile(name) ? FileKind::dockerfile : FileKind::none;
}

Finding finding_of(const Check& check, const File& file, const Draft& draft) {
  Finding finding;
  finding.rule = check.id;
  finding.title = check.help;
  finding.severity = check.severity;
  finding.confidence = Confidence::high;
  finding.message = draft.message;
  finding.remedy = check.remedy;
  const std::string_view line = file.lines[draft.at.line - 1];
  const std::size_t start = offset_of(line, draft.at.column);
  const std::size_t found = draft.secret.empty() ? line.npos : line.find(draft.secret, start);
  finding.at = {file.path, draft.at.line, draft.at.column, draft.at.line, draft.at.column};
  if (found != line.npos) {
    finding.excerpt.before = config::masked_line(line.substr(0, found), false);
    finding.excerpt.secret = Secret(draft.secret);
    finding.at.column =
        static_cast<std::uint32_t>(base::count_code_points(line.substr(0, found)) + 1);
    finding.at.end_column =
        finding.at.column + static_cast<std::uint32_t>(base::count_code_points(draft.secret));
  } else if (draft.secret.empty()) {
    finding.excerpt.before = config::masked_line(line, false);
    finding.at.end_column = static_cast<std::uint32_t>(base::count_code_points(line) + 1);
  }
  finding.paths = {file.path};
  finding.origin.kind = OriginKind::tree;
  finding.origin.object = file.object;
  finding.fingerprint =
      fingerprint(check.id, fmt::format("{}\n{}\n{}", file.path, draft.identity, draft.secret));
  return finding;
}

}  // namespace sluice::deploy
