#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "document/lines.h"
#include "document/node.h"
#include "finding/finding.h"

namespace sluice::deploy {

enum class FileKind { none, workflow, dockerfile, compose, kubernetes, terraform };

/// What a file is by its path: `.github/workflows/*.yml`, `Dockerfile`, `compose.yaml`, a `.yaml`
/// below a folder that Kubernetes manifests are kept in, `*.tf`.
FileKind kind_of(std::string_view path);

/// A file as the checks see it.
struct File {
  std::string path;
  std::string object;  ///< of its blob, hexadecimal
  FileKind kind = FileKind::none;
  document::Lines lines;
  std::optional<document::Node> root;  ///< of a YAML file
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
