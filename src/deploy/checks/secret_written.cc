#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/text.h"
#include "deploy/checks.h"
#include "deploy/script.h"
#include "deploy/workflow.h"
#include "policy/env_files.h"

namespace sluice::deploy {
namespace {

struct Place {
  std::string_view sign;
  std::string_view what;
};

// The first sign on a line decides; the rarer ones come first.
constexpr std::array<Place, 10> places = {
    {{"GITHUB_OUTPUT", "a step output, which every later step and job can read"},
     {"::set-output", "a step output, which every later step and job can read"},
     {"GITHUB_ENV", "the environment of every later step"},
     {"GITHUB_STEP_SUMMARY", "the run's summary page"},
     {"--build-arg", "a build argument, which the image's history keeps"},
     {"aws configure set", "~/.aws, which every later step can read"},
     {">", "a file"},
     {"| tee", "a file and the log"},
     {"echo ", "the log, which hides nothing but the value as it is"},
     {"printf ", "the log, which hides nothing but the value as it is"}}};

// `VAR: ${{ secrets.X }}` in the env of step, job and workflow.
void add_variables(const document::Node& holder, std::set<std::string>& variables) {
  const document::Node* const env = holder.find("env");
  if (env == nullptr) return;
  for (const document::Entry& entry : env->entries)
    if (!secret_uses(entry.value.text).empty()) variables.insert(entry.key.text);
}

bool names_variable(std::string_view line, const std::string& name) {
  for (const std::string& form : {"$" + name, "${" + name}) {
    for (std::size_t at = line.find(form); at != line.npos; at = line.find(form, at + 1)) {
      const char next = at + form.size() < line.size() ? line[at + form.size()] : ' ';
      if (next != '_' && (next < '0' || next > '9') && (next < 'A' || next > 'Z') &&
          (next < 'a' || next > 'z'))
        return true;
    }
  }
  return false;
}

const Place* place_of(std::string_view line) {
  for (const Place& place : places) {
    const std::size_t at = line.find(place.sign);
    if (at == line.npos) continue;
    const std::string_view behind = line.substr(at + place.sign.size());
    const bool is_redirection = place.sign == ">";
    // `2>&1`, `>/dev/null` and `->`, `=>` write no file.
    if (is_redirection && (behind.starts_with('&') || behind.find("/dev/null") != behind.npos ||
                           (at > 0 && (line[at - 1] == '-' || line[at - 1] == '='))))
      continue;
    // What is piped on is another program's input; `::add-mask::` hides its value.
    const bool is_log = place.sign == "echo " || place.sign == "printf ";
    if (is_log && (at != 0 || behind.find('|') != behind.npos ||
                   behind.find("::add-mask::") != behind.npos))
      continue;
    return &place;
  }
  return nullptr;
}

// Where a script's lines end up, those of a here-document where the command above them writes.
class Script {
 public:
  const Place* place_of_next(std::string_view line) {
    if (!end_word_.empty()) {
      if (base::trim(line) == end_word_) end_word_.clear();
      return end_word_.empty() ? nullptr : here_;
    }
    const Place* const place = place_of(line);
    end_word_ = here_document(line);
    here_ = place;
    // `tee file <<END` writes as `cat > file <<END` does.
    if (here_ == nullptr && line.starts_with("tee ")) here_ = &places[7];
    return place;
  }

 private:
  // `END` of `<<END`, `<<-END`, `<< "END"` and `<<'END'`; `<<<` begins none.
  static std::string here_document(std::string_view line) {
    const std::size_t at = line.find("<<");
    if (at == line.npos || line.substr(at).starts_with("<<<")) return {};
    std::string_view word = line.substr(at + 2);
    if (word.starts_with('-')) word.remove_prefix(1);
    word.remove_prefix(std::min(word.find_first_not_of(" '\"\\"), word.size()));
    return std::string(word.substr(0, word.find_first_of(" '\"|>;&)")));
  }

  std::string end_word_;  // of the here-document that one is in
  const Place* here_ = nullptr;
};

bool names_env_file(std::string_view paths) {
  static const policy::EnvOptions options;
  static const policy::EnvNames names(options);
  for (const std::string_view path : base::split(paths, '\n'))
    if (names.classify(base::trim(path)) == policy::EnvKind::env_file) return true;
  return false;
}

// What a step hands to an action.
void check_inputs(const document::Node& step, const File& file, const Check& check,
                  FindingSink& sink) {
  const document::Node* const uses = step.find("uses");
  const document::Node* const with = step.find("with");
  if (uses == nullptr || with == nullptr) return;
  const document::Node* const arguments = with->find("build-args");
  if (arguments != nullptr) {
    for (const SecretUse& use : secret_uses(arguments->text))
      sink.add(finding_of(
          check, file,
          {arguments->mark,
           fmt::format("`{}` is written to a build argument, which the image's history keeps",
                       use.name),
           use.name,
           {}}));
  }
  const document::Node* const path = with->find("path");
  const bool keeps = uses->text.starts_with("actions/upload-artifact") ||
                     uses->text.starts_with("actions/cache");
  if (keeps && path != nullptr && names_env_file(path->text))
    sink.add(finding_of(check, file,
                        {path->mark,
                         "an env file is kept as an artifact or in a cache, which others can load",
                         "kept env file",
                         {}}));
}

// A job's `outputs`.
void check_outputs(const document::Node& job, const File& file, const Check& check,
                   FindingSink& sink) {
  const document::Node* const outputs = job.find("outputs");
  if (outputs == nullptr) return;
  for (const document::Entry& entry : outputs->entries)
    for (const SecretUse& use : secret_uses(entry.value.text))
      sink.add(finding_of(
          check, file,
          {entry.value.mark,
           fmt::format("`{}` is written to a job's output, which every job after it can read",
                       use.name),
           use.name,
           {}}));
}

// `variables` are those that hold secrets.
void check_script(const document::Node& run, const std::set<std::string>& variables,
                  const File& file, const Check& check, FindingSink& sink) {
  Script script;
  for_each_script_line(file, run, [&](std::string_view line, document::Mark at) {
    std::string_view command = base::trim(line);
    if (command.starts_with('"') || command.starts_with('\'')) command.remove_prefix(1);
    const Place* const place = script.place_of_next(command);
    if (place == nullptr) return;
    std::string name;
    for (const SecretUse& use : secret_uses(line)) name = use.name;
    for (const std::string& variable : variables)
      if (name.empty() && names_variable(line, variable)) name = variable;
    if (name.empty()) return;
    at.column += static_cast<std::uint32_t>(line.find_first_not_of(" \t"));
    sink.add(finding_of(
        check, file, {at, fmt::format("`{}` is written to {}", name, place->what), name, {}}));
  });
}

}  // namespace

void check_secret_written(const File& file, const Check& check, FindingSink& sink) {
  for_each_job(*file.root, [&](std::string_view, const document::Node&, const document::Node& job) {
    check_outputs(job, file, check, sink);
    const document::Node* const steps = job.find("steps");
    if (steps == nullptr) return;
    std::set<std::string> of_job;
    add_variables(*file.root, of_job);
    add_variables(job, of_job);
    for (const document::Node& step : steps->items) {
      check_inputs(step, file, check, sink);
      const document::Node* const run = step.find("run");
      if (run == nullptr) continue;
      std::set<std::string> variables = of_job;
      add_variables(step, variables);
      check_script(*run, variables, file, check, sink);
    }
  });
}

}  // namespace sluice::deploy
