#include "report/formats.h"

#include <array>

#include "base/text.h"
#include "report/renderers.h"

namespace sluice::report {
namespace {

constexpr std::array<Format, 8> table = {{
    {"text", "for people, with source lines and carets", ".txt", render_text},
    {"json", "for programs; see docs/report.schema.json", ".json", render_json},
    {"sarif", "SARIF 2.1.0, for GitHub code scanning and others", ".sarif .sarif.json",
     render_sarif},
    {"junit", "JUnit XML, for CI servers", ".xml .junit", render_junit},
    {"csv", "RFC 4180, for spreadsheets", ".csv", render_csv},
    {"github", "workflow commands that annotate a pull request", "", render_github},
    {"markdown", "for GitHub's step summary and comments", ".md", render_markdown},
    {"html", "one self-contained page to explore", ".html .htm", render_html},
}};

bool ends_with(std::string_view text, std::string_view ending) {
  return text.size() > ending.size() && text.ends_with(ending);
}

}  // namespace

std::span<const Format> formats() { return table; }

const Format* find_format(std::string_view name) {
  for (const Format& format : table) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

const Format* format_for_file(std::string_view path) {
  const std::string lower = base::to_lower(path);
  const Format* best = nullptr;
  std::size_t longest = 0;
  for (const Format& format : table) {
    for (const std::string_view ending : base::split(format.file_extensions, ' ')) {
      if (ending.size() > longest && ends_with(lower, ending)) {
        best = &format;
        longest = ending.size();
      }
    }
  }
  return best;
}

}  // namespace sluice::report
