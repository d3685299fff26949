#include <fmt/format.h>

#include <array>
#include <set>
#include <string>

#include "deploy/checks.h"
#include "deploy/script.h"
#include "deploy/workflow.h"

namespace sluice::deploy {
namespace {

struct Place {
  std::string_view sign;
  std::string_view what;
};

// The first sign on a line decides; the rarer ones come first.
constexpr std::array<Place, 8> places = {
    {{"GITHUB_OUTPUT", "a step output, which every later step and job can read"},
     {"::set-output", "a step output, which every later step and job can read"},
     {"GITHUB_ENV", "the environment of every later step"},
     {"GITHUB_STEP_SUMMARY", "the run's summary page"},
     {"--build-arg", "a build argument, which the image's history keeps"},
     {"aws configure set", "~/.aws, which every later step can read"},
     {">", "a file"},
     {"| tee", "a file and the log"}}};

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
    return &place;
  }
  return nullptr;
}

}  // namespace

void check_secret_written(const File& file, const Check& check, FindingSink& sink) {
  for_each_job(*file.root, [&](std::string_view, const document::Node&, const document::Node& job) {
    const document::Node* const steps = job.find("steps");
    if (steps == nullptr) return;
    std::set<std::string> of_job;
    add_variables(*file.root, of_job);
    add_variables(job, of_job);
    for (const document::Node& step : steps->items) {
      const document::Node* const run = step.find("run");
      if (run == nullptr) continue;
      std::set<std::string> variables = of_job;
      add_variables(step, variables);
      for_each_script_line(file, *run, [&](std::string_view line, document::Mark at) {
        const Place* const place = place_of(line);
        if (place == nullptr) return;
        std::string name;
        for (const SecretUse& use : secret_uses(line)) name = use.name;
        for (const std::string& variable : variables)
          if (name.empty() && names_variable(line, variable)) name = variable;
        if (name.empty()) return;
        at.column = static_cast<std::uint32_t>(line.find_first_not_of(" \t") + 1);
        sink.add(finding_of(
            check, file, {at, fmt::format("`{}` is written to {}", name, place->what), name, {}}));
      });
    }
  });
}

}  // namespace sluice::deploy
