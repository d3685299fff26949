#include "secrets/reference.h"

#include <fmt/format.h>

#include <algorithm>

namespace sluice::secrets {
namespace {

constexpr std::size_t longest = 2048;  // an ARN has at most 2048 characters
constexpr std::string_view mark = "://";
constexpr std::string_view version_option = "?version=";

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_variable_name(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::all_of(name.begin(), name.end(), is_name_byte);
}

// `project/name`, `vault/name`.
bool has_two_parts(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash != name.npos && slash > 0 && slash + 1 < name.size() &&
         name.find('/', slash + 1) == name.npos;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c != '\x7f'; });
}

bool has_empty_part(std::string_view key) {
  return key.empty() || key.front() == '.' || key.back() == '.' || key.find("..") != key.npos;
}

tl::unexpected<Error> fault(std::string what, std::string remedy = {}) {
  return fail(ErrorKind::invalid_input, std::move(what), {}, std::move(remedy));
}

Status check(const Reference& reference) {
  if (reference.name.empty())
    return fault("a reference without a name", fmt::format("write {}://name", reference.scheme));
  if (reference.scheme == "env") {
    if (!reference.key.empty() || !reference.version.empty())
      return fault("env:// takes a variable's name alone", "write env://NAME");
    if (!is_variable_name(reference.name))
      return fault("env:// must name a variable: letters, digits and `_`", "write env://NAME");
  }
  if (reference.scheme == "gcp-sm" && !has_two_parts(reference.name))
    return fault("gcp-sm:// takes a project and a secret's name", "write gcp-sm://project/name");
  if (reference.scheme == "azure-kv" && !has_two_parts(reference.name))
    return fault("azure-kv:// takes a vault and a secret's name", "write azure-kv://vault/name");
  return {};
}

}  // namespace

const std::vector<std::string_view>& schemes() {
  static const std::vector<std::string_view> all = {"env", "aws-sm", "gcp-sm", "azure-kv", "vault"};
  return all;
}

std::string Reference::to_string() const {
  std::string text = fmt::format("{}://{}", scheme, name);
  if (!key.empty()) text += "#" + key;
  if (!version.empty()) text += std::string(version_option) + version;
  return text;
}

bool is_reference(std::string_view text) {
  const std::size_t end = text.find(mark);
  if (end == text.npos) return false;
  return std::find(schemes().begin(), schemes().end(), text.substr(0, end)) != schemes().end();
}

Result<Reference> parse_reference(std::string_view text) {
  if (!is_reference(text))
    return fault("no reference to a secret", "write aws-sm://name#key or env://NAME");
  if (text.size() > longest)
    return fault(fmt::format("a reference of more than {} bytes", longest));
  if (!is_printable(text)) return fault("a reference holds white space or a control character");
  Reference reference;
  const std::size_t end = text.find(mark);
  reference.scheme = text.substr(0, end);
  std::string_view rest = text.substr(end + mark.size());
  if (const std::size_t at = rest.rfind('?'); at != rest.npos) {
    if (!rest.substr(at).starts_with(version_option) || rest.size() == at + version_option.size())
      return fault("a reference has an unknown option", "only ?version=STAGE-OR-ID is known");
    reference.version = rest.substr(at + version_option.size());
    rest = rest.substr(0, at);
  }
  if (const std::size_t at = rest.find('#'); at != rest.npos) {
    reference.key = rest.substr(at + 1);
    rest = rest.substr(0, at);
    if (has_empty_part(reference.key))
      return fault("a reference has an empty key behind `#`", "name the member of the JSON secret");
  }
  reference.name = rest;
  SLUICE_TRY(check(reference));
  return reference;
}

}  // namespace sluice::secrets
