#include "config/interpolation.h"

#include <algorithm>

#include "base/text.h"

namespace sluice::config {
namespace {

constexpr std::size_t most = 100;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_word(char c) { return is_upper(c) || is_lower(c) || (c >= '0' && c <= '9') || c == '_'; }

bool is_variable_name(std::string_view text) {
  return !text.empty() && (is_upper(text[0]) || text[0] == '_') &&
         std::none_of(text.begin(), text.end(), is_lower) &&
         std::all_of(text.begin(), text.end(), is_word);
}

// `a.b[0].c-d` in its parts; none when it is something else.
std::vector<std::string> way(std::string_view text) {
  std::vector<std::string> keys;
  std::string key;
  for (const char c : text) {
    if (c == '.' || c == '[') {
      if (!key.empty()) keys.push_back(std::move(key));
      key.clear();
    } else if (is_word(c) || c == '-') {
      key += c;
    } else if (c != ']') {
      return {};
    }
  }
  if (!key.empty()) keys.push_back(std::move(key));
  return keys;
}

// What stands between the braces.
Reference classify(std::string_view inner) {
  Reference reference;
  const std::size_t colon = inner.find(':');
  const std::string_view name = base::trim(inner.substr(0, colon));
  const std::string_view rest =
      colon == std::string_view::npos ? std::string_view() : inner.substr(colon + 1);
  reference.has_default = colon != std::string_view::npos;
  if (name == "oc.env" || name == "env") {
    const std::size_t comma = rest.find(',');
    reference.kind = Reference::Kind::variable;
    reference.keys = {std::string(base::trim(rest.substr(0, comma)))};
    reference.has_default = comma != std::string_view::npos;
    return reference;
  }
  if (is_variable_name(name)) {
    reference.kind = Reference::Kind::variable;
    reference.keys = {std::string(name)};
    // `${NAME:?message}` gives none.
    reference.has_default = reference.has_default && !rest.starts_with('?');
    return reference;
  }
  const std::size_t dots = std::min(name.find_first_not_of('.'), name.size());
  reference.keys = way(name.substr(dots));
  // A resolver is called with what is behind the colon; Spring's `${a.b:default}` looks the same.
  if (reference.keys.empty() || reference.has_default) return reference;
  reference.kind = dots > 0 ? Reference::Kind::near_key : Reference::Kind::key;
  reference.levels = dots;
  return reference;
}

std::vector<Reference> ini_references(std::string_view text) {
  std::vector<Reference> found;
  for (std::size_t at = text.find('%'); at != std::string_view::npos && found.size() < most;
       at = text.find('%', at)) {
    if (text.substr(at).starts_with("%%")) {
      at += 2;
      continue;
    }
    const std::size_t end = text.find(")s", at);
    if (text.substr(at).starts_with("%(") && end != std::string_view::npos) {
      Reference reference;
      reference.kind = Reference::Kind::ini_option;
      reference.keys = {base::to_lower(text.substr(at + 2, end - at - 2))};
      reference.text = text.substr(at, end + 2 - at);
      found.push_back(std::move(reference));
    }
    ++at;
  }
  return found;
}

}  // namespace

std::vector<Reference> references(std::string_view text, bool is_ini) {
  if (is_ini) return ini_references(text);
  std::vector<Reference> found;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < text.size() && found.size() < most; ++i) {
    const bool is_quoted = i > 0 && (text[i - 1] == '$' || text[i - 1] == '\\');
    if (text.substr(i).starts_with("${") && !is_quoted) {
      open.push_back(i);
      ++i;
    } else if (text[i] == '}' && !open.empty()) {
      const std::size_t start = open.back();
      open.pop_back();
      const std::string_view inner = text.substr(start + 2, i - start - 2);
      // With one inside of it only the loader knows what is meant.
      Reference reference = inner.find("${") == std::string_view::npos ? classify(inner) : Reference{};
      reference.text = text.substr(start, i + 1 - start);
      found.push_back(std::move(reference));
    }
  }
  return found;
}

}  // namespace sluice::config
