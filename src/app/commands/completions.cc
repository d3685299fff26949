#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>

#include "app/commands/define.h"
#include "app/output.h"

namespace sluice::app {
namespace {

struct Entry {
  std::string path;  // `history`, `rules list`; empty for the program itself
  std::vector<std::string> words;
};

std::vector<std::string> words_of(CLI::App& app) {
  std::vector<std::string> words;
  for (CLI::App* sub : app.get_subcommands([](CLI::App*) { return true; })) {
    words.push_back(sub->get_name());
  }
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
    for (const std::string& name : option->get_snames()) words.push_back("-" + name);
  }
  return words;
}

// The program, its commands, and theirs: two levels are all there are.
std::vector<Entry> entries_of(CLI::App& root) {
  const auto all = [](CLI::App*) { return true; };
  std::vector<Entry> entries = {{"", words_of(root)}};
  for (CLI::App* command : root.get_subcommands(all)) {
    entries.push_back({command->get_name(), words_of(*command)});
    for (CLI::App* sub : command->get_subcommands(all)) {
      entries.push_back({command->get_name() + " " + sub->get_name(), words_of(*sub)});
    }
  }
  return entries;
}

std::string bash(const std::vector<Entry>& entries) {
  std::string cases;
  for (const Entry& entry : entries) {
    cases += fmt::format("    '{}') words='{}' ;;\n", entry.path, fmt::join(entry.words, " "));
  }
  return fmt::format(
      "_sluice() {{\n"
      "  local current=\"${{COMP_WORDS[COMP_CWORD]}}\" command='' words='' i\n"
      "  for ((i = 1; i < COMP_CWORD && i < 3; i++)); do\n"
      "    [[ ${{COMP_WORDS[i]}} == -* ]] && break\n"
      "    command=\"${{command:+$command }}${{COMP_WORDS[i]}}\"\n"
      "  done\n"
      "  case \"$command\" in\n{}  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
      "  [[ $current == -* ]] || COMPREPLY+=($(compgen -f -- \"$current\"))\n"
      "}}\n"
      "complete -o filenames -F _sluice sluice\n",
      cases);
}

std::string zsh(const std::vector<Entry>& entries) {
  return "#compdef sluice\nautoload -U +X bashcompinit && bashcompinit\n" + bash(entries);
}

std::string fish(const std::vector<Entry>& entries) {
  std::string text = "complete -c sluice -f\n";
  for (const Entry& entry : entries) {
    const std::string condition =
        entry.path.empty() ? "__fish_use_subcommand"
                           : fmt::format("string match -q -- 'sluice {}*' (commandline -opc | string join ' ')", entry.path);
    for (const std::string& word : entry.words) {
      const std::string kind = word.rfind("--", 0) == 0 ? "-l " + word.substr(2)
                               : word[0] == '-'         ? "-s " + word.substr(1)
                                                        : "-a " + word;
      text += fmt::format("complete -c sluice -n \"{}\" {}\n", condition, kind);
    }
  }
  return text;
}

}  // namespace

Action define_completions(CLI::App& cli) {
  const auto shell = std::make_shared<std::string>();
  cli.add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  return [shell, root = cli.get_parent()](const Options&) {
    const std::vector<Entry> entries = entries_of(*root);
    const std::string text = *shell == "bash" ? bash(entries) : *shell == "zsh" ? zsh(entries) : fish(entries);
    return write_stdout(text) ? 0 : 2;
  };
}

}  // namespace sluice::app
