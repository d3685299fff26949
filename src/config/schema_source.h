#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "config/folder.h"

namespace sluice::config {

/// The bytes of a file of the tree that is checked; not_found where there is none.
using ReadFile = std::function<Result<std::string>(const std::string& path)>;

/// Gives each folder the JSON Schema that its files are to keep: what the policy names, else what a file
/// itself names (`$schema`, `# yaml-language-server: $schema=`, `#:schema`), else a file of a usual name
/// beside the base (docs/config.md). Addresses on the web are not asked. A schema that is named but
/// missing, or that is broken, is a Problem.
void attach_schemas(std::vector<Folder>& folders, const Options& options, const ReadFile& read,
                    FindingSink& sink);

/// What `source` says of its schema: a path or an address as written; empty when nothing.
std::string named_schema(const Source& source);

}  // namespace sluice::config
