#include <array>

#include "deploy/checks.h"
#include "deploy/hcl.h"
#include "deploy/literal.h"
#include "policy/placeholder.h"

namespace sluice::deploy {
namespace {

// Attributes that hold a secret whatever they look like.
constexpr std::array<std::string_view, 4> secret_attributes = {
    "secret_string", "secret_key", "plaintext_value", "master_password"};

// `default` stands for the variable that its block declares.
std::string key_of(const HclAttribute& attribute) {
  if (attribute.name != "default" || !attribute.block.starts_with("variable \""))
    return attribute.name;
  const std::string name = attribute.block.substr(10);
  return name.substr(0, name.find('"'));
}

}  // namespace

void check_terraform_literal(const File& file, const Check& check, FindingSink& sink) {
  for (const HclAttribute& attribute : read_hcl(file.lines.text())) {
    document::Node value;
    value.kind = document::Kind::scalar;
    value.text = attribute.value;
    value.mark = {attribute.line, 1};
    const std::string key = key_of(attribute);
    bool is_secret = is_secret_literal(key, value);
    for (const std::string_view name : secret_attributes)
      is_secret = is_secret || (key == name && policy::looks_real(value.text) &&
                                value.text.find("${") == std::string::npos);
    if (is_secret) report_literal(key, value, file, check, sink);
  }
}

}  // namespace sluice::deploy
