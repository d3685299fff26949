#include <array>
#include <utility>

#include "base/text.h"
#include "document/node.h"

namespace sluice::document {
namespace {

struct Extension {
  std::string_view text;
  Format format;
};

constexpr std::array<Extension, 9> extensions = {{{"yaml", Format::yaml},
                                                  {"yml", Format::yaml},
                                                  {"json", Format::json},
                                                  {"jsonc", Format::json},
                                                  {"toml", Format::toml},
                                                  {"ini", Format::ini},
                                                  {"cfg", Format::ini},
                                                  {"conf", Format::ini},
                                                  {"env", Format::dotenv}}};

}  // namespace

std::optional<Format> format_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = path.substr(slash == std::string_view::npos ? 0 : slash + 1);
  if (base::equals_ignoring_case(name.substr(0, 4), ".env")) return Format::dotenv;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  for (const Extension& row : extensions) {
    if (base::equals_ignoring_case(name.substr(dot + 1), row.text)) return row.format;
  }
  return std::nullopt;
}

Result<Document> parse(Format format, std::string_view text, std::string path, const Limits& limits,
                       const Dialect& dialect) {
  switch (format) {
    case Format::json:
      return parse_json(text, std::move(path), limits, dialect.json_comments);
    case Format::toml:
      return parse_toml(text, std::move(path), limits);
    case Format::ini:
      return parse_ini(text, std::move(path), limits);
    case Format::dotenv:
      return parse_dotenv(text, std::move(path), limits);
    case Format::yaml:
      break;
  }
  return parse_yaml(text, std::move(path), limits, dialect.yaml);
}

}  // namespace sluice::document
