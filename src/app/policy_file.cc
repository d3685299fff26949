#include "app/policy_file.h"

#include <map>
#include <optional>
#include <utility>

#include "app/node_reader.h"
#include "app/size.h"
#include "rules/loader.h"

namespace sluice::app {
namespace {

using document::Kind;
using document::Node;

// Reads one policy file.
class PolicyReader : NodeReader {
 public:
  explicit PolicyReader(const std::string& path) : NodeReader(path) { policy_.path = path; }

  tl::expected<PolicyFile, PolicyErrors> read(const Node& root) {
    if (root.kind == Kind::null) return std::move(policy_);
    read_mapping(root, "a policy file",
                 {{"version", [&](const Node& node) { read_version(node); }},
                  {"rules", [&](const Node& node) { read_rules(node); }},
                  {"disable", [&](const Node& node) { policy_.disabled = texts(node); }},
                  {"severity", [&](const Node& node) { read_severities(node); }},
                  {"allow", [&](const Node& node) { read_allow(node); }},
                  {"baseline", [&](const Node& node) { policy_.baseline = text(node); }},
                  {"max_blob_size", [&](const Node& node) { read_max_blob_size(node); }},
                  {"config", [&](const Node& node) { read_config(node); }},
                  {"env", [&](const Node& node) { read_env(node); }},
                  {"secrets", [&](const Node& node) { read_secrets(node); }}});
    if (!errors_.empty()) return tl::unexpected<PolicyErrors>(std::move(errors_));
    return std::move(policy_);
  }

 private:
  void read_version(const Node& node) {
    if (node.text != "1") fault(node, "this sluice reads policy version 1");
  }

  void read_rules(const Node& node) {
    for (Error& error : rules::load_rules(node, policy_.path, policy_.rules)) {
      errors_.push_back(std::move(error));
    }
  }

  std::optional<Severity> severity(const Node& node) {
    const auto level = parse_severity(text(node));
    if (!level) fault(node, "a severity is low, medium, high or critical");
    return level;
  }

  void read_severities(const Node& node) {
    if (node.kind != Kind::mapping) {
      fault(node, "'severity' must map rule or check ids to a severity");
      return;
    }
    for (const document::Entry& entry : node.entries) {
      if (entry.value.text == "off") {
        policy_.disabled.push_back(entry.key.text);
      } else if (const auto level = severity(entry.value)) {
        policy_.severities[entry.key.text] = *level;
      }
    }
  }

  void read_allow(const Node& node) {
    if (node.kind != Kind::sequence) {
      fault(node, "'allow' must be a list of entries");
      return;
    }
    for (const Node& item : node.items) {
      suppress::AllowEntry entry;
      entry.where = place(item);
      read_mapping(item, "an allow entry",
                   {{"fingerprint", [&](const Node& n) { entry.fingerprint = text(n); }},
                    {"rule", [&](const Node& n) { entry.rule = text(n); }},
                    {"paths", [&](const Node& n) { entry.paths = texts(n); }},
                    {"path", [&](const Node& n) { entry.paths = texts(n); }},
                    {"reason", [&](const Node& n) { entry.reason = text(n); }},
                    {"expires", [&](const Node& n) { entry.expires = read_day(n); }}});
      check_allow_entry(item, entry);
      policy_.allow.push_back(std::move(entry));
    }
  }

  void check_allow_entry(const Node& at, const suppress::AllowEntry& entry) {
    if (entry.fingerprint.empty() && entry.rule.empty() && entry.paths.empty()) {
      fault(at, "an allow entry must name a fingerprint, a rule or paths",
            "otherwise it would allow everything");
    }
    if (entry.reason.empty()) fault(at, "an allow entry needs a reason");
  }

  std::string read_day(const Node& node) {
    const std::string& day = node.text;
    const bool right = day.size() == 10 && day[4] == '-' && day[7] == '-' &&
                       day.find_first_not_of("0123456789-") == std::string::npos;
    if (!right) fault(node, "'expires' is a day, written YYYY-MM-DD");
    return day;
  }

  void read_max_blob_size(const Node& node) {
    const auto size = parse_size(text(node));
    if (size) {
      policy_.max_blob_size = *size;
    } else {
      fault(node, size.error().what, size.error().remedy);
    }
  }

  void read_config(const Node& node) {
    config::Options& options = policy_.config;
    read_mapping(node, "'config'",
                 {{"base", [&](const Node& n) { options.base_stem = text(n); }},
                  {"environments", [&](const Node& n) { read_pattern(n); }},
                  {"extensions", [&](const Node& n) { options.extensions = texts(n); }},
                  {"folders", [&](const Node& n) { options.folders = texts(n); }},
                  {"open_keys", [&](const Node& n) { options.open_keys = texts(n); }},
                  {"environment_variables", [&](const Node& n) { options.selectors = texts(n); }},
                  {"schema", [&](const Node& n) { read_schema(n); }},
                  {"strategy", [&](const Node& n) { read_strategy(n); }},
                  {"lists", [&](const Node& n) { read_lists(n); }},
                  {"yaml", [&](const Node& n) { read_yaml(n); }},
                  {"null_means", [&](const Node& n) { read_null_means(n); }}});
  }

  // `config/schema.json`, or `config/*.yaml: config/schema.json` for each of several.
  void read_schema(const Node& node) {
    if (node.kind != Kind::mapping) {
      policy_.config.schemas.push_back({"", text(node)});
      return;
    }
    for (const document::Entry& entry : node.entries) {
      policy_.config.schemas.push_back({entry.key.text, text(entry.value)});
    }
  }

  void read_strategy(const Node& node) {
    using config::Strategy;
    static const std::map<std::string, Strategy> names = {
        {"deep", Strategy::deep},
        {"omegaconf", Strategy::omegaconf},
        {"kedro-soft", Strategy::kedro_soft},
        {"kedro-destructive", Strategy::kedro_destructive},
        {"helm", Strategy::helm},
        {"dotnet", Strategy::dotnet},
        {"spring", Strategy::spring}};
    const auto found = names.find(node.text);
    if (found != names.end()) {
      policy_.config.strategy = found->second;
    } else {
      fault(node,
            "'strategy' is deep, omegaconf, kedro-soft, kedro-destructive, helm, dotnet or spring");
    }
  }

  // `jobs.*.steps: append`, `jobs: by name`.
  void read_lists(const Node& node) {
    using config::ListRule;
    static const std::map<std::string, ListRule> names = {{"replace", ListRule::replace},
                                                          {"append", ListRule::append},
                                                          {"by index", ListRule::by_index},
                                                          {"keep", ListRule::keep}};
    if (node.kind != Kind::mapping) {
      fault(node, "'lists' must map dotted keys to a rule");
      return;
    }
    for (const document::Entry& entry : node.entries) {
      config::ListSetting setting;
      setting.keys = entry.key.text;
      const std::string& rule = entry.value.text;
      if (const auto found = names.find(rule); found != names.end()) {
        setting.rule = found->second;
      } else if (rule.starts_with("by ") && rule.size() > 3) {
        setting.rule = ListRule::by_key;
        setting.name = rule.substr(3);
      } else {
        fault(entry.value, "a list rule is replace, append, keep, 'by index' or 'by KEY'",
              "for example 'by name'");
      }
      policy_.config.lists.push_back(std::move(setting));
    }
  }

  void read_yaml(const Node& node) {
    if (node.text != "1.1" && node.text != "1.2") fault(node, "'yaml' is 1.1 or 1.2");
    policy_.config.yaml = node.text == "1.2" ? document::YamlSchema::yaml_1_2
                                             : document::YamlSchema::yaml_1_1;
  }

  void read_null_means(const Node& node) {
    if (node.text == "optional") {
      policy_.config.null_means = config::NullMeans::optional;
    } else if (node.text == "set_where_others_do") {
      policy_.config.null_means = config::NullMeans::set_where_others_do;
    } else if (node.text == "mandatory") {
      policy_.config.null_means = config::NullMeans::mandatory;
    } else {
      fault(node, "'null_means' is optional, set_where_others_do or mandatory");
    }
  }

  void read_pattern(const Node& node) {
    policy_.config.environment_pattern = text(node);
    if (node.text.find("{env}") == std::string::npos) {
      fault(node, "the pattern must hold {env}", "for example config_{env}");
    }
  }

  void read_env(const Node& node) {
    read_mapping(node, "'env'",
                 {{"names", [&](const Node& n) { policy_.env.names = texts(n); }},
                  {"templates", [&](const Node& n) { policy_.env.templates = texts(n); }},
                  {"variants", [&](const Node& n) { policy_.env.variants = texts(n); }}});
  }

  void read_secrets(const Node& node) {
    SecretOptions& options = policy_.secrets;
    read_mapping(node, "'secrets'",
                 {{"local", [&](const Node& n) { options.local = texts(n); }},
                  {"env_file", [&](const Node& n) { options.env_file = text(n); }},
                  {"static_keys", [&](const Node& n) { options.static_keys = texts(n); }},
                  {"aws", [&](const Node& n) { read_aws(n); }},
                  {"variables", [&](const Node& n) { read_variables(n); }}});
  }

  void read_aws(const Node& node) {
    if (node.text != "api" && node.text != "agent") fault(node, "'aws' is api or agent");
    policy_.secrets.aws = node.text == "agent" ? AwsAccess::agent : AwsAccess::api;
  }

  void read_variables(const Node& node) {
    if (node.kind != Kind::mapping) {
      fault(node, "'variables' must map names of variables to dotted keys");
      return;
    }
    for (const document::Entry& entry : node.entries)
      policy_.secrets.variables[entry.key.text] = text(entry.value);
  }

  PolicyFile policy_;
};

}  // namespace

tl::expected<PolicyFile, PolicyErrors> parse_policy(std::string_view text, const std::string& path) {
  const auto document = document::parse_yaml(text, path);
  if (!document) return tl::unexpected<PolicyErrors>(PolicyErrors{document.error()});
  return PolicyReader(path).read(document->root);
}

}  // namespace sluice::app
