#pragma once

#include <string>
#include <vector>

#include "config/check.h"
#include "config/folder.h"
#include "config/schema_source.h"
#include "finding/kept_findings.h"

namespace sluice::config {

inline KeptFindings collect(const std::vector<File>& files, const Options& options = {}) {
  KeptFindings collected;
  std::vector<Folder> folders = read_folders(files, options);
  const ReadFile read = [&files](const std::string& path) -> Result<std::string> {
    for (const File& file : files) {
      if (file.path == path) return file.text;
    }
    return fail(ErrorKind::not_found, "no such file", path);
  };
  attach_schemas(folders, options, read, collected);
  check(folders, options, collected);
  return collected;
}

/// The rules of the findings, in order: `CFG001 CFG003`.
inline std::string rules_of(const std::vector<File>& files, const Options& options = {}) {
  std::string rules;
  for (const Finding& finding : collect(files, options).findings) {
    rules += (rules.empty() ? "" : " ") + finding.rule;
  }
  return rules;
}

/// A base and one environment.
inline std::vector<File> pair(std::string base, std::string override_with) {
  return {{"config_base.yaml", std::move(base)}, {"config_prod.yaml", std::move(override_with)}};
}

}  // namespace sluice::config
