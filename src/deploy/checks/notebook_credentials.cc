#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "deploy/checks.h"
#include "deploy/notebook.h"
#include "policy/placeholder.h"

namespace sluice::deploy {
namespace {

bool is_quote(char c) { return c == '"' || c == '\''; }

// What is between the quotes that `text` begins with; empty for anything else.
std::string_view quoted(std::string_view text) {
  if (text.size() < 2 || !is_quote(text.front())) return {};
  const std::size_t end = text.find(text.front(), 1);
  return end == text.npos ? std::string_view() : text.substr(1, end - 1);
}

struct Setting {
  std::string_view name;
  std::string_view value;
};

// `os.environ["NAME"] = "value"`, `client.api_key = "value"`, `NAME = "value"`.
Setting python_setting(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == line.npos || line.substr(equals).starts_with("==")) return {};
  std::string_view name = base::trim(line.substr(0, equals));
  if (name.ends_with(']') && name.find('[') != name.npos)
    name = quoted(name.substr(name.find('[') + 1));
  name = name.substr(name.rfind('.') == name.npos ? 0 : name.rfind('.') + 1);
  return {name, quoted(base::trim(line.substr(equals + 1)))};
}

// IPython's `%env NAME=value`, `%env NAME value`, `%set_env`, and a shell's `!export NAME=value`.
Setting magic_setting(std::string_view line) {
  for (const std::string_view magic : {"%env ", "%set_env ", "!export "}) {
    if (!line.starts_with(magic)) continue;
    const std::string_view rest = base::trim(line.substr(magic.size()));
    const std::size_t end = rest.find_first_of("= ");
    if (end == rest.npos) return {};
    std::string_view value = base::trim(rest.substr(end + 1));
    if (const std::string_view inner = quoted(value); !inner.empty()) value = inner;
    return {rest.substr(0, end), value};
  }
  return {};
}

bool is_secret(const Setting& setting) {
  return policy::names_secret(setting.name) && policy::looks_real(setting.value);
}

// What `os.environ`, `dict(os.environ)`, `%env`, `!env` and `!printenv` show: two variables that
// every process has.
bool shows_environment(const std::vector<NotebookLine>& lines) {
  bool has_path = false;
  bool has_home = false;
  for (const NotebookLine& line : lines) {
    if (line.text.find("environ({") != line.text.npos) return true;
    const std::string_view text = base::trim(line.text);
    has_path = has_path || text.starts_with("PATH=") || text.find("'PATH': '") != text.npos;
    has_home = has_home || text.starts_with("HOME=") || text.find("'HOME': '") != text.npos;
  }
  return has_path && has_home;
}

}  // namespace

void check_notebook_credentials(const File& file, const Check& check, FindingSink& sink) {
  for_each_code_line(*file.root, [&](const NotebookLine& line) {
    const std::string_view text = base::trim(line.text);
    const Setting magic = magic_setting(text);
    const Setting setting = magic.name.empty() ? python_setting(text) : magic;
    if (!is_secret(setting)) return;
    sink.add(finding_of(check, file,
                        {line.at,
                         fmt::format("a cell sets `{}` to its value",
                                     base::escape_for_terminal(setting.name.substr(0, 80))),
                         std::string(setting.name), setting.value}));
  });
  for_each_output(*file.root, [&](const std::vector<NotebookLine>& lines) {
    if (lines.empty() || !shows_environment(lines)) return;
    Finding finding = finding_of(
        check, file,
        {lines.front().at,
         "an output shows every variable of who ran the notebook, secrets among them", "output", {}});
    finding.excerpt.before = "(an output, not shown)";
    sink.add(std::move(finding));
  });
}

}  // namespace sluice::deploy
