#include "secrets/variables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace sluice::secrets {
namespace {

using document::Kind;
using document::Node;

constexpr std::array<std::string_view, 22> dangerous = {"PATH",
                                                        "HOME",
                                                        "SHELL",
                                                        "USER",
                                                        "LOGNAME",
                                                        "IFS",
                                                        "ENV",
                                                        "BASH_ENV",
                                                        "PWD",
                                                        "TMPDIR",
                                                        "CDPATH",
                                                        "PS4",
                                                        "PYTHONPATH",
                                                        "PYTHONHOME",
                                                        "PERL5LIB",
                                                        "PYTHONSTARTUP",
                                                        "NODE_OPTIONS",
                                                        "NODE_PATH",
                                                        "RUBYOPT",
                                                        "JAVA_TOOL_OPTIONS",
                                                        "GIT_SSH_COMMAND",
                                                        "PROMPT_COMMAND"};

class Collector {
 public:
  Collector(const Values& values, bool only_secrets)
      : values_(values), only_secrets_(only_secrets) {}

  // Recursion is bounded by the depth that documents may have.
  Status collect(const Node& node, const std::string& key) {
    if (node.kind == Kind::mapping) {
      for (const document::Entry& entry : node.entries)
        SLUICE_TRY(collect(entry.value, key.empty() ? entry.key.text : key + "." + entry.key.text));
      return {};
    }
    const bool is_secret = holds_secret(node);
    if ((only_secrets_ && !is_secret) || node.kind == Kind::null) return {};
    return add(node, key, is_secret);
  }

  std::vector<Variable> take() { return std::move(variables_); }

 private:
  bool holds_secret(const Node& node) const {
    if (values_.contains(&node)) return true;
    const auto in_entry = [&](const document::Entry& entry) { return holds_secret(entry.value); };
    const auto in_item = [&](const Node& item) { return holds_secret(item); };
    return std::any_of(node.entries.begin(), node.entries.end(), in_entry) ||
           std::any_of(node.items.begin(), node.items.end(), in_item);
  }

  Result<SecureBytes> text_of(const Node& node) const {
    if (const auto secret = values_.find(&node); secret != values_.end()) return secret->second;
    if (node.kind == Kind::scalar) return secure_copy(node.text);
    return render_compact_json(node, values_);
  }

  Status add(const Node& node, const std::string& key, bool is_secret) {
    Variable variable{variable_name(key), key, {}, is_secret};
    const auto [known, is_new] = keys_.emplace(variable.name, key);
    if (!is_new)
      return fail(
          ErrorKind::invalid_input,
          fmt::format("{} and {} both make the variable {}", known->second, key, variable.name), {},
          "rename one of the keys");
    if (is_dangerous_name(variable.name))
      return fail(ErrorKind::invalid_input,
                  fmt::format("{} would become the variable {}, which changes how programs run",
                              key, variable.name),
                  {}, "rename the key, or put it below another");
    SLUICE_TRY_ASSIGN(variable.value, text_of(node));
    if (reveal(variable.value).find('\0') != std::string_view::npos)
      return fail(ErrorKind::invalid_input,
                  fmt::format("{} holds a NUL, which no variable can", key), {},
                  "hand it over with --mount, or store it as Base64");
    variables_.push_back(std::move(variable));
    return {};
  }

  const Values& values_;
  bool only_secrets_;
  std::map<std::string, std::string> keys_;
  std::vector<Variable> variables_;
};

bool needs_quotes(std::string_view text) {
  return text.empty() || !std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  std::string_view("_./:@%+,-").find(c) != std::string_view::npos;
         });
}

void append_quoted(SecureBytes& out, std::string_view text) {
  // Single quotes where they can hold it: no reader touches `$` and `\` there.
  if (text.find_first_of("'\n\r") == text.npos) {
    out.push_back('\'');
    append(out, text);
    out.push_back('\'');
    return;
  }
  out.push_back('"');
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      append(out, c == '\n' ? "\\n" : "\\r");
      continue;
    }
    if (c == '"' || c == '\\' || c == '$') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
}

}  // namespace

std::string variable_name(std::string_view key) {
  std::string name;
  for (const char c : key) {
    const bool is_lower = c >= 'a' && c <= 'z';
    const bool is_kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += is_lower ? static_cast<char>(c - 'a' + 'A') : is_kept ? c : '_';
  }
  if (!name.empty() && name.front() >= '0' && name.front() <= '9') name.insert(0, "_");
  return name;
}

bool is_dangerous_name(std::string_view name) {
  return std::find(dangerous.begin(), dangerous.end(), name) != dangerous.end() ||
         name.starts_with("LD_") || name.starts_with("DYLD_") || name.starts_with("BASH_FUNC_");
}

Result<std::vector<Variable>> to_variables(const Node& root, const Values& values,
                                           bool only_secrets) {
  Collector collector(values, only_secrets);
  SLUICE_TRY(collector.collect(root, ""));
  return collector.take();
}

SecureBytes render_env(const std::vector<Variable>& variables) {
  SecureBytes out;
  for (const Variable& variable : variables) {
    append(out, variable.name);
    out.push_back('=');
    if (needs_quotes(reveal(variable.value))) {
      append_quoted(out, reveal(variable.value));
    } else {
      append(out, reveal(variable.value));
    }
    out.push_back('\n');
  }
  return out;
}

}  // namespace sluice::secrets
