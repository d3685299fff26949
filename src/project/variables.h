#pragma once

#include <string>
#include <vector>

#include "config/folder.h"
#include "policy/env_files.h"
#include "project/survey.h"

namespace sluice::project {

/// A place in a configuration that a variable of the environment fills and that has no default.
struct Reference {
  std::string variable;
  std::string key;  ///< dotted
  const config::Source* source = nullptr;
  Place at;  ///< its line masked
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
};

/// Those of all `folders`, in order. Charts are left out: their values are filled by others. What
/// every process has (`HOME`) is left out, too.
std::vector<Reference> references_of(const std::vector<config::Folder>& folders);

/// A key of an env template.
struct TemplateKey {
  std::string name;
  bool is_optional = false;  ///< commented out
  Place at;                  ///< its value left out
};

/// The keys of every template among `files`, in order. What cannot be read becomes a Problem.
std::vector<TemplateKey> template_keys(const Files& files, const policy::EnvOptions& options,
                                       FindingSink& sink);

}  // namespace sluice::project
