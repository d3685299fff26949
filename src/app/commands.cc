#include <array>

#include "app/command.h"
#include "app/commands/define.h"

namespace sluice::app {
namespace {

constexpr std::array table = {
    Command{"staged", "What this commit would add: secrets, configuration, .env",
            "Scans each staged blob whole and reports what lies on lines this commit adds; then checks\n"
            "configuration and .env on the index. Honours GIT_INDEX_FILE, as 'git commit -a' sets it.\n\n"
            "Example: sluice staged",
            define_staged},
    Command{"message", "A commit message, for the commit-msg hook",
            "Comment lines and everything below the scissors line are left out, as Git leaves them out.\n\n"
            "Example: sluice message .git/COMMIT_EDITMSG",
            define_message},
    Command{"range", "Every object new in a range of commits",
            "Merges' own changes, second parents, messages and tags included. An empty range is an error.\n\n"
            "Example: sluice range origin/main..HEAD",
            define_range},
    Command{"ci", "The range a CI run or a server hook is about, found by itself",
            "Reads GitHub's event, GitLab's variables, or a hook's standard input, and says what it looked at.\n\n"
            "Example: sluice ci\n"
            "Example: sluice ci --pre-receive < <(hook's input)",
            define_ci},
    Command{"history", "The whole object database: every commit, stash, reflog, note, dangling blob",
            "Each blob once; every finding tells the first commit that brought it and all its paths.\n\n"
            "Example: sluice history -o report.html\n"
            "Example: sluice history --reachable --since '6 months ago'\n"
            "Example: sluice history --cache .git/sluice.cache\n"
            "Example: sluice history --shard 3/16 -o json=shard-3.json\n"
            "Example: sluice history --repos mirrors.txt --resume reports/ -o organisation.html",
            define_history},
    Command{"dir", "Files and folders, tracked or not",
            "Symbolic links below a path are not followed.\n\n"
            "Example: sluice dir src notebooks",
            define_dir},
    Command{"stdin", "Standard input",
            "Example: kubectl get configmap app -o yaml | sluice stdin --path app.yaml", define_stdin},
    Command{"check", "The tree checks: configuration and .env",
            "On the index, or on a commit with --rev.\n\n"
            "Example: sluice check\n"
            "Example: sluice check --rev origin/main",
            define_check},
    Command{"config check", "The configuration part alone; no Git needed",
            "Every environment's file must merge onto its base: config_base.yaml + config_<env>.yaml,\n"
            "base.yaml + <env>.yaml, base/ + <env>/, values.yaml + values-<env>.yaml and more are found.\n\n"
            "Example: sluice config check mlops/config",
            define_config_check},
    Command{"config show", "The merged configuration, and where each value comes from",
            "Example: sluice config show --env staging\n"
            "Example: sluice config show --env prod --as yaml --path mlops/config",
            define_config_show, false},
    Command{"config diff", "What differs between two environments",
            "Example: sluice config diff staging prod", define_config_diff, false},
    Command{"config matrix", "Every key and every environment in one table",
            "`=` is the base's value, `·` is none.\n\n"
            "Example: sluice config matrix --path mlops/config",
            define_config_matrix, false},
    Command{"config why", "Which files give a key its value, and which one counts",
            "Example: sluice config why model.layers --env prod", define_config_why, false},
    Command{"config render", "One environment's configuration, merged, with or without its secrets",
            "Base, override, the variables that the policy allows, and with --secrets what the references\n"
            "(aws-sm://name#key, env://NAME) stand for. Secrets go to pipes and private files only.\n\n"
            "Example: sluice config render --env staging\n"
            "Example: sluice config render --env dev --format json --secrets | my-program",
            define_config_render, false},
    Command{"run", "Runs a command with one environment's secrets",
            "Resolves every reference of the configuration first; if one is missing, the command does not start.\n"
            "Signals and the exit code pass through.\n\n"
            "Example: sluice run --env dev -- python -m trending.train\n"
            "Example: sluice run --env prod --mount --mask -- ./serve",
            define_run, false},
    Command{"rules list", "All rules and checks", "Example: sluice rules list", define_rules_list, false},
    Command{"rules explain", "What a rule or check looks for and what to do about a finding",
            "Example: sluice rules explain github-personal-access-token", define_rules_explain, false},
    Command{"rules test", "Runs every rule's own examples, the policy file's rules among them",
            "Example: sluice rules test\n"
            "Example: sluice rules test rules/github.yaml",
            define_rules_test, false},
    Command{"baseline write", "Accepts today's findings of the whole history",
            "One sorted line a finding, no line numbers, no time stamps, no secret.\n\n"
            "Example: sluice baseline write -b .sluice-baseline",
            define_baseline_write},
    Command{"baseline check", "Whether every baseline entry still matches something",
            "Example: sluice baseline check -b .sluice-baseline", define_baseline_check},
    Command{"report merge", "Joins reports: the shards of one history, or any others",
            "Takes the JSON that sluice writes (-f json); of a shard, SARIF (-f sarif) carries it, too. The shards\n"
            "of one run, all of them, become the report of the whole run. Other reports are laid side by side.\n\n"
            "Example: sluice report merge shard-*.json -o report.sarif",
            define_report_merge, false, true},
    Command{"install", "Puts the hooks in place: pre-commit, commit-msg, pre-push",
            "Keeps a hook that is there already and calls it first. Honours core.hooksPath.\n\n"
            "Example: sluice install",
            define_install, false},
    Command{"uninstall", "Takes the hooks out and puts back what was there",
            "Example: sluice uninstall", define_uninstall, false},
    Command{"doctor", "Whether the gate is really active here, or one environment's secrets are in place",
            "With --env it looks at each reference of that environment without reading a secret: who asks, what\n"
            "is missing, marked for deletion or without rotation, and what is allowed too widely.\n\n"
            "Example: sluice doctor\n"
            "Example: sluice doctor --env staging",
            define_doctor, false},
    Command{"completions", "Completion script for a shell",
            "Example: sluice completions bash > /etc/bash_completion.d/sluice\n"
            "Example: sluice completions zsh > ~/.zfunc/_sluice\n"
            "Example: sluice completions fish > ~/.config/fish/completions/sluice.fish",
            define_completions, false},
};

}  // namespace

std::span<const Command> commands() { return table; }

}  // namespace sluice::app
