#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "document/node.h"

namespace sluice::deploy {

/// A secret that an expression names.
struct SecretUse {
  std::string name;        ///< `DEPLOY_TOKEN`
  std::size_t offset = 0;  ///< of the expression's `${{` in the text
  std::size_t end = 0;     ///< just behind its `}}`
};

/// Each `secrets.NAME` and `secrets['NAME']` inside of `${{ }}` (GitHub Docs, "Evaluate expressions
/// in workflows"), in order; GITHUB_TOKEN is left out, because it ends with the job. Linear in
/// `text`.
std::vector<SecretUse> secret_uses(std::string_view text);

/// A job's step; `uses` and `run` are null where it has none.
struct Step {
  const document::Node& node;
  const document::Node* uses;
  const document::Node* run;
};

void for_each_job(const document::Node& root,
                  const std::function<void(std::string_view name, const document::Node& key,
                                           const document::Node& job)>& visit);
void for_each_step(const document::Node& root, const std::function<void(const Step&)>& visit);

/// Every key and plain value of a mapping and what lies below it, aliases not entered.
void for_each_entry(const document::Node& root,
                    const std::function<void(const document::Entry&)>& visit);

}  // namespace sluice::deploy
