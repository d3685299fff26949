#include "deploy/secret_grant.h"

#include <algorithm>

#include "base/glob.h"
#include "base/text.h"
#include "deploy/environment_word.h"
#include "deploy/iam.h"
#include "policy/path.h"

namespace sluice::deploy {
namespace {

constexpr std::size_t random_end = 7;  // `-` and six characters that AWS adds to a secret's ARN
constexpr std::string_view some_end = "-aB3xY9";
constexpr std::string_view mark = ":secret:";

// The head of the block that a line is in: it holds the policy's name.
std::string_view head_of(const std::vector<HclBlock>& blocks, std::uint32_t line) {
  std::string_view head;
  for (const HclBlock& block : blocks)
    if (block.line <= line) head = block.head;
  return head;
}

// With `*` for each `${...}`.
std::string without_interpolations(std::string_view text) {
  std::string out;
  for (;;) {
    const std::size_t open = text.find("${");
    out += text.substr(0, open);
    if (open == text.npos) return out;
    out += '*';
    const std::size_t close = text.find('}', open);
    if (close == text.npos) return out;
    text.remove_prefix(close + 1);
  }
}

// `db` of `aws_secretsmanager_secret.db.arn`, with or without `data.`; empty for anything else.
std::string label_of(std::string_view expression) {
  constexpr std::string_view type = "aws_secretsmanager_secret.";
  if (expression.starts_with("data.")) expression.remove_prefix(5);
  if (!expression.starts_with(type)) return {};
  expression.remove_prefix(type.size());
  return std::string(expression.substr(0, expression.find_first_of(".[")));
}

bool ends_at_random(std::string_view name) {
  if (name.size() <= random_end) return false;
  const std::string_view end = name.substr(name.size() - random_end);
  return end.front() == '-' && std::all_of(end.begin() + 1, end.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

class Reader {
 public:
  Reader(const File& file, const std::vector<DeclaredSecret>& declared)
      : file_(file), declared_(declared) {
    if (file.kind == FileKind::terraform) blocks_ = read_hcl_blocks(file.lines.text());
  }

  void read(std::vector<SecretGrant>& grants) {
    if (file_.lines.text().find("secretsmanager:") == std::string::npos) return;
    for (const IamStatement& statement : read_iam_statements(file_.lines.text())) {
      const auto& actions = statement.actions;
      if (statement.is_denial || std::none_of(actions.begin(), actions.end(), reads_secrets))
        continue;
      SecretGrant grant;
      grant.file = &file_;
      grant.line = statement.line;
      grant.environment = environment_in(head_of(blocks_, statement.line));
      if (grant.environment.empty()) grant.environment = environment_in(file_.path);
      for (const std::string& resource : statement.resources) add_text(resource, grant);
      for (const std::string& expression : statement.expressions) add_expression(expression, grant);
      grant.is_computed = grant.is_computed || grant.resources.empty();
      grants.push_back(std::move(grant));
    }
  }

 private:
  void add_text(const std::string& resource, SecretGrant& grant) const {
    if (resource.starts_with("${") && resource.find('}') == resource.size() - 1)
      return add_expression(resource.substr(2, resource.size() - 3), grant);
    grant.resources.push_back(resource);
    const std::string pattern = without_interpolations(resource);
    if (const std::size_t at = pattern.find(mark); at != pattern.npos) {
      grant.patterns.push_back(pattern.substr(at + mark.size()));
    } else if (pattern.starts_with('*') || pattern.ends_with('*')) {
      // `*`, `arn:aws:secretsmanager:*`, `${local.prefix}*`: any secret, but for other services'.
      const bool is_other = pattern.starts_with("arn:") && pattern.find(":secretsmanager:") == pattern.npos;
      if (!is_other) grant.patterns.emplace_back("*");
    } else if (resource.find("${") != resource.npos) {
      grant.is_computed = true;
    }
  }

  void add_expression(const std::string& expression, SecretGrant& grant) const {
    grant.resources.push_back(expression);
    const std::string label = label_of(expression);
    const auto folder = policy::directory_of(file_.path);
    const auto found =
        std::find_if(declared_.begin(), declared_.end(), [&](const DeclaredSecret& one) {
          return one.label == label && policy::directory_of(one.file->path) == folder;
        });
    if (label.empty() || found == declared_.end() || found->name.empty()) {
      grant.is_computed = true;
    } else {
      grant.patterns.push_back(without_interpolations(found->name) + "-??????");
    }
  }

  const File& file_;
  const std::vector<DeclaredSecret>& declared_;
  std::vector<HclBlock> blocks_;
};

}  // namespace

std::vector<SecretGrant> secret_grants(std::span<const File> files,
                                       const std::vector<DeclaredSecret>& declared) {
  std::vector<SecretGrant> grants;
  for (const File& file : files)
    if (file.kind == FileKind::terraform || file.kind == FileKind::iam_policy)
      Reader(file, declared).read(grants);
  return grants;
}

bool covers(const SecretGrant& grant, std::string_view name) {
  // The glob's wildcards stop at a slash, those of IAM do not.
  const auto flat = [](std::string text) {
    std::replace(text.begin(), text.end(), '/', '|');
    return text;
  };
  const std::string wanted = flat(secret_name(name) + std::string(some_end));
  return std::any_of(grant.patterns.begin(), grant.patterns.end(), [&](const std::string& pattern) {
    const bool is_plain = pattern.find_first_of("*?") == pattern.npos;
    if (is_plain && ends_at_random(pattern))
      return pattern.substr(0, pattern.size() - random_end) == secret_name(name);
    return base::wildmatch(flat(pattern), wanted);
  });
}

std::string secret_name(std::string_view name_or_arn) {
  const std::size_t at = name_or_arn.find(mark);
  if (!name_or_arn.starts_with("arn:") || at == name_or_arn.npos) return std::string(name_or_arn);
  const std::string_view name = name_or_arn.substr(at + mark.size());
  return std::string(ends_at_random(name) ? name.substr(0, name.size() - random_end) : name);
}

bool reads_secrets(std::string_view action) {
  for (const std::string_view one :
       {"*", "secretsmanager:*", "secretsmanager:Get*", "secretsmanager:GetSecretValue"})
    if (base::equals_ignoring_case(action, one)) return true;
  return false;
}

}  // namespace sluice::deploy
