#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "document/lines.h"
#include "document/node.h"
#include "finding/finding.h"

namespace sluice::policy {
class Tree;
}

namespace sluice::deploy {

/// What a file is for. A check may look at several kinds: `FileKind::terraform | FileKind::python`.
enum class FileKind : std::uint32_t {
  none = 0,
  workflow = 1,             ///< `.github/workflows/*.yml`
  dockerfile = 2,           ///< `Dockerfile`, `x.dockerfile`, `Containerfile`
  compose = 4,              ///< `compose.yaml`, `docker-compose.prod.yml`
  kubernetes = 8,           ///< YAML below a folder that manifests are kept in
  terraform = 16,           ///< `*.tf`, `*.tfvars`, `*.tfvars.json`
  terraform_state = 32,     ///< `*.tfstate`, `*.tfstate.backup`
  helm_values = 64,         ///< `values.yaml`, `values-prod.yaml`
  iam_policy = 128,         ///< JSON with `policy` in its name, or in a folder `iam` or `policies`
  airflow_settings = 256,   ///< `airflow.cfg`
  data_tool_settings = 512, ///< `.dvc/config`, `.mlflow/credentials`, MLflow's `basic_auth.ini`
  python = 1024,            ///< `*.py` that is no test
  prose = 2048,             ///< `*.md`, `*.rst`, `.env.example`: what people are told
  configuration = 4096,     ///< of a program: base and environments (config/layout.h)
  notebook = 8192,          ///< `*.ipynb`
};

constexpr FileKind operator|(FileKind a, FileKind b) {
  return static_cast<FileKind>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

/// What a file is by its path; never configuration.
FileKind kind_of(std::string_view path);

/// A file as the checks see it.
struct File {
  std::string path;
  std::string object;  ///< of its blob, hexadecimal; empty where that is not known
  FileKind kind = FileKind::none;
  document::Lines lines;
  std::optional<document::Node> root;  ///< of a file in YAML, INI or JSON
  std::string environment;             ///< of configuration; empty for a base
  const policy::Tree* tree = nullptr;  ///< that it is in
};

struct Check;

/// What a check says about a piece of one line.
struct Draft {
  document::Mark at;
  std::string message;
  std::string identity;     ///< what the finding is about within check and file
  std::string_view secret;  ///< a literal on the line from `at` on: hidden; empty: none
};

/// A finding of `check` in `file`.
Finding finding_of(const Check& check, const File& file, const Draft& draft);

}  // namespace sluice::deploy
