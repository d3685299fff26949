#pragma once

#include <string_view>

#include "policy/tree.h"

namespace sluice::policy {

/// What a file is for whose name alone says that it holds secrets.
struct SecretFile {
  std::string_view reader;       ///< who reads it: `Streamlit`
  bool may_be_template = false;  ///< with placeholders only it is a template, which may be tracked
};

/// What `path` is, or null: Streamlit's `.streamlit/secrets.toml`, dynaconf's `.secrets.toml` and its like,
/// `local.settings.json` of Azure Functions; where the tree has Kedro's `conf/base`, `credentials` of `conf` and all in
/// `conf/local`. Not so for what is called an example. Asked of every path of a tree.
const SecretFile* secret_file_of(std::string_view path, const Tree& tree);

}  // namespace sluice::policy
