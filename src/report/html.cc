#include <fmt/format.h>

#include "base/hash.h"
#include "report/html/page.h"
#include "report/renderers.h"
#include "report/shown.h"
#include "report/verdict.h"

namespace sluice::report {
namespace {

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0u);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out += j <= count ? digits[group >> (18 - 6 * j) & 63] : '=';
    }
  }
  return out;
}

// A source expression of CSP level 2: only this very script or style runs.
std::string csp_hash(std::string_view content) {
  const base::Sha256 digest = base::sha256(content);
  return "'sha256-" + base64({reinterpret_cast<const char*>(digest.data()), digest.size()}) + "'";
}

std::string policy() {
  return fmt::format(
      "default-src 'none'; script-src {}; style-src {}; img-src data:; "
      "base-uri 'none'; form-action 'none'",
      csp_hash(html::script), csp_hash(html::style));
}

// JSON that cannot end or open anything in HTML; it is ASCII already.
std::string script_safe(const std::string& json) {
  std::string out;
  out.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<':
        out += "\\u003c";
        break;
      case '>':
        out += "\\u003e";
        break;
      case '&':
        out += "\\u0026";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Drawn here and not by the script: it is no list to filter.
std::string tables_of(const Audit& audit) {
  std::string out;
  for (const Table& shown : audit.scope.tables) {
    out += fmt::format("<section class=\"panel matrix\"><h2>{}</h2><div><table><thead><tr>",
                       escape_markup(shown.title));
    for (const std::string& name : shown.columns) {
      out += fmt::format("<th scope=\"col\">{}</th>", escape_markup(name));
    }
    out += "</tr></thead><tbody>";
    for (const auto& row : shown.rows) {
      out += "<tr>";
      for (std::size_t i = 0; i < row.size(); ++i) {
        const Table::Cell& cell = row[i];
        if (i == 0) {
          out += fmt::format("<th scope=\"row\">{}</th>", escape_markup(cell.text));
        } else if (cell.kind == Table::Cell::Kind::hole) {
          out += "<td class=\"hole\" title=\"no value\">&#183;</td>";
        } else {
          out += fmt::format("<td{}>{}</td>", cell.kind == Table::Cell::Kind::same ? " class=\"same\"" : "",
                             escape_markup(cell.text));
        }
      }
      out += "</tr>";
    }
    out += "</tbody></table></div></section>";
  }
  return out;
}

std::string value_of(std::string_view name, const Audit& audit, const RenderOptions& options) {
  if (name == "policy") return policy();
  if (name == "style") return std::string(html::style);
  if (name == "script") return std::string(html::script);
  if (name == "verdict") return std::string(to_string(verdict(audit)));
  if (name == "line")
    return escape_markup(scope_line(audit.scope) + "; " + tally_line(tally(audit)));
  if (name == "tables") return tables_of(audit);
  if (name == "version") return escape_markup(options.tool_version);
  if (name == "data") return script_safe(compact_json(audit, options));
  return "";
}

}  // namespace

// One pass over the template's `{{name}}`s: what is put in is never looked at again.
std::string render_html(const Audit& audit, const RenderOptions& options) {
  std::string_view rest = html::page;
  std::string out;
  for (;;) {
    const auto open = rest.find("{{");
    out += rest.substr(0, open);
    if (open == std::string_view::npos) return out;
    rest.remove_prefix(open + 2);
    const auto close = rest.find("}}");
    out += value_of(rest.substr(0, close), audit, options);
    rest.remove_prefix(close + 2);
  }
}

}  // namespace sluice::report
