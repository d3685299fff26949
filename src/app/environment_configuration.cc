#include "app/environment_configuration.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>

#include "app/configuration_folder.h"
#include "base/text.h"
#include "config/merged.h"
#include "config/show.h"
#include "config/values.h"
#include "document/scalar.h"

namespace sluice::app {
namespace {

using document::Kind;
using document::Node;
using document::ScalarType;
using Errors = std::vector<Error>;

// Recursion in here is bounded by the depth that documents may have.
Node as_document(const config::Merged& merged) {
  Node node;
  if (merged.kind == Kind::scalar || merged.kind == Kind::null) node = *merged.given.value;
  node.kind = merged.kind;
  for (const config::Merged::Entry& entry : merged.entries)
    node.entries.emplace_back(document::Node(*entry.key), as_document(entry.value));
  for (const config::Merged& item : merged.items) node.items.push_back(as_document(item));
  return node;
}

// Goes over the document and the merge that it was made of, which have the same shape.
class Walk {
 public:
  explicit Walk(EnvironmentConfiguration& configuration) : configuration_(configuration) {}

  void visit(const Node& node, const config::Merged& merged, const std::string& key) {
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
      const std::string& name = node.entries[i].key.text;
      visit(node.entries[i].value, merged.entries[i].value, key.empty() ? name : key + "." + name);
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
      visit(node.items[i], merged.items[i], fmt::format("{}[{}]", key, i));
    if (node.kind == Kind::mapping || node.kind == Kind::sequence) return;
    configuration_.origins.emplace(&node, config::place_of(merged.given));
    if (node.kind != Kind::scalar || !secrets::is_reference(node.text)) return;
    add_reference(node, key,
                  fmt::format("{}:{}:{}", merged.given.source->path(), node.mark.line,
                              node.mark.column));
  }

  Errors take_errors() { return std::move(errors_); }

 private:
  void add_reference(const Node& node, const std::string& key, const std::string& where) {
    auto reference = secrets::parse_reference(node.text);
    if (!reference) {
      Error error = reference.error();
      error.what = fmt::format("{}: {}", key, error.what);
      error.where = where;
      errors_.push_back(std::move(error));
      return;
    }
    configuration_.wanted.push_back({key, where, std::move(*reference)});
    configuration_.references.push_back(&node);
  }

  EnvironmentConfiguration& configuration_;
  Errors errors_;
};

Node* find(Node& root, std::string_view dotted) {
  Node* node = &root;
  for (const std::string_view step : base::split(dotted, '.')) {
    const auto entry =
        std::find_if(node->entries.begin(), node->entries.end(),
                     [&](const document::Entry& one) { return one.key.text == step; });
    if (entry == node->entries.end()) return nullptr;
    node = &entry->value;
  }
  return node;
}

// Lays one variable over the key that the policy gives it. Its type must be that of the value it
// replaces.
Status apply_variable(const std::string& name, const std::string& key, const std::string& where,
                      EnvironmentConfiguration& configuration) {
  const char* const text = std::getenv(name.c_str());
  if (text == nullptr) return {};
  Node* const node = find(configuration.root, key);
  if (node == nullptr || node->kind == Kind::mapping || node->kind == Kind::sequence)
    return fail(ErrorKind::invalid_input,
                fmt::format("variable {}: the configuration has no plain value {}", name, key),
                where);
  if (secrets::is_reference(node->text))
    return fail(ErrorKind::refused,
                fmt::format("variable {}: {} is a reference to a secret", name, key), where,
                fmt::format("write env://{} in the configuration", name));
  const bool is_text = node->kind == Kind::scalar && node->type == ScalarType::string;
  const ScalarType type = is_text ? ScalarType::string : document::resolve_yaml_1_1(text);
  if (node->kind == Kind::scalar && type != node->type)
    return fail(ErrorKind::invalid_input,
                fmt::format("variable {}: {} must be {}", name, key, config::describe(*node)),
                where, "the value is not shown");
  node->text = text;
  node->tag.clear();
  node->kind = type == ScalarType::null ? Kind::null : Kind::scalar;
  node->type = type;
  node->quoted = is_text;
  configuration.origins[node] = "variable " + name;
  return {};
}

// A file that counts must hold a mapping; an override may be empty.
Status check_source(const config::Source& source) {
  if (!source.is_read()) return tl::unexpected(source.document->error());
  const bool is_empty =
      source.section == nullptr && (*source.document)->root.kind == Kind::null;
  if (source.mapping() != nullptr || (is_empty && !source.environment.empty())) return {};
  return fail(ErrorKind::invalid_input, "holds no mapping", source.path(),
              "begin it with `key: value`");
}

Errors merge_into(EnvironmentConfiguration& configuration, const config::Folder& folder,
                  const config::Source& environment, const PolicyFile& policy) {
  for (const config::Source* source : {&folder.bases.front(), &environment}) {
    if (const Status status = check_source(*source); !status) return {status.error()};
  }
  const config::Merged merged = config::merged(folder, &environment, policy.config);
  configuration.root = as_document(merged);
  Walk walk(configuration);
  walk.visit(configuration.root, merged, "");
  Errors errors = walk.take_errors();
  for (const auto& [name, key] : policy.secrets.variables) {
    const Status status = apply_variable(name, key, policy.path, configuration);
    if (!status) errors.push_back(status.error());
  }
  return errors;
}

Error no_environment(const config::Folder& folder, const std::string& environment) {
  std::vector<std::string> names;
  for (const config::Source& source : folder.environments) names.push_back(source.environment);
  const std::string near = base::nearest(environment, names);
  return {ErrorKind::not_found, fmt::format("there is no environment '{}'", environment),
          folder.path,
          near.empty() ? fmt::format("there are: {}", fmt::join(names, ", "))
                       : fmt::format("did you mean '{}'?", near)};
}

Result<std::string> environment_of(const ConfigurationQuery& query) {
  if (!query.environment.empty()) return query.environment;
  const char* const set = std::getenv("APP_ENV");
  if (set != nullptr && *set != '\0') return std::string(set);
  return fail(ErrorKind::invalid_input, "no environment is named", {},
              "give --env, or set APP_ENV");
}

}  // namespace

tl::expected<std::unique_ptr<EnvironmentConfiguration>, Errors> load_environment(
    const ConfigurationQuery& query, const PolicyFile& policy, const git::Repository* repository) {
  const auto failed = [](Error error) { return tl::unexpected<Errors>(Errors{std::move(error)}); };
  const auto environment = environment_of(query);
  if (!environment) return failed(environment.error());
  const auto files = read_configuration_at(query.path, *environment, policy.config, repository);
  if (!files) return failed(files.error());
  const config::Folder& folder = (*files)->folder;
  const config::Source* source = config::find_environment(folder, *environment);
  if (source == nullptr) return failed(no_environment(folder, *environment));
  auto configuration = std::make_unique<EnvironmentConfiguration>();
  configuration->environment = source->environment;
  configuration->folder = folder.path;
  configuration->files = {folder.bases.front().path(), source->path()};
  for (const config::Source& other : folder.environments)
    if (other.environment != source->environment)
      configuration->other_environments.push_back(other.environment);
  Errors errors = merge_into(*configuration, folder, *source, policy);
  if (!errors.empty()) return tl::unexpected<Errors>(std::move(errors));
  return configuration;
}

}  // namespace sluice::app
