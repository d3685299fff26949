#include "app/hook_script.h"

#include <fmt/format.h>

namespace sluice::app {
namespace {

constexpr std::string_view marker = "# sluice-hook: ";
constexpr std::string_view assignment = "\nsluice=";

// A hook that is given lines on standard input must hand all of them to both programs.
bool reads_stdin(std::string_view hook) { return hook == "pre-push" || hook == "pre-receive"; }

std::string_view arguments_of(std::string_view hook) {
  if (hook == "commit-msg") return "message \"$1\"";
  if (hook == "pre-push") return "ci --pre-push \"${1-}\"";
  if (hook == "pre-receive") return "ci --pre-receive";
  return "staged";
}

}  // namespace

const std::vector<std::string>& known_hooks() {
  static const std::vector<std::string> names = {"pre-commit", "commit-msg", "pre-push",
                                                 "pre-receive"};
  return names;
}

std::string hook_command(std::string_view hook) {
  return fmt::format("sluice {}", arguments_of(hook));
}

std::string shell_word(std::string_view text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += "'\\''";
    } else {
      word += c;
    }
  }
  return word + "'";
}

std::string hook_script(std::string_view hook, const std::string& binary) {
  std::string script = "#!/bin/sh\n";
  script += fmt::format("{}{}\n", marker, hook);
  script +=
      "# 'sluice uninstall' takes this hook out and puts back the one that was here before.\n";
  script += fmt::format("sluice={}\n", shell_word(binary));
  script += fmt::format(R"(previous="$0.before-sluice"
[ -x "$sluice" ] || sluice=$(command -v sluice) || {{
  echo "sluice: the {} hook cannot find the program sluice, so nothing was checked and Git stops here." >&2
  echo "  -> put sluice back on PATH and run: sluice install" >&2
  echo "  -> or take the hook out: rm \"$0\"" >&2
  [ ! -e "$previous" ] || echo "     and put back the one before: mv \"$previous\" \"$0\"" >&2
  exit 1
}}
)",
                        hook);
  if (!reads_stdin(hook)) {
    script += fmt::format(
        "if [ -x \"$previous\" ]; then \"$previous\" \"$@\" || exit $?; fi\n"
        "exec \"$sluice\" {}\n",
        arguments_of(hook));
    return script;
  }
  script += fmt::format(
      "lines=$(cat && echo .) || exit 1\n"
      "lines=${{lines%.}}\n"
      "if [ -x \"$previous\" ]; then printf %s \"$lines\" | \"$previous\" \"$@\" || exit $?; fi\n"
      "printf %s \"$lines\" | \"$sluice\" {}\n",
      arguments_of(hook));
  return script;
}

bool is_own_script(std::string_view text) {
  const auto first_line = text.find('\n');
  return text.starts_with("#!") && first_line != std::string_view::npos &&
         text.substr(first_line + 1).starts_with(marker);
}

std::optional<std::string> binary_of(std::string_view text) {
  if (!is_own_script(text)) return std::nullopt;
  const auto start = text.find(assignment);
  if (start == std::string_view::npos) return std::nullopt;
  std::string binary;
  bool is_quoted = false;
  for (std::size_t i = start + assignment.size(); i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'') {
      is_quoted = !is_quoted;
    } else if (!is_quoted && c == '\\' && i + 1 < text.size()) {
      binary += text[++i];
    } else if (!is_quoted) {
      break;
    } else {
      binary += c;
    }
  }
  return binary;
}

}  // namespace sluice::app
