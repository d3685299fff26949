#include <fmt/format.h>

#include "deploy/checks.h"
#include "deploy/literal.h"
#include "policy/docker_copy.h"
#include "policy/env_files.h"
#include "policy/path.h"
#include "policy/published_env.h"
#include "policy/tree.h"

namespace sluice::deploy {
namespace {

using policy::Instruction;

// The line of the instruction that the value stands on: it may be continued.
document::Mark mark_of(const File& file, const Instruction& instruction, std::string_view value) {
  constexpr std::uint32_t most_lines = 200;
  for (std::uint32_t line = instruction.line;
       line < instruction.line + most_lines && line <= file.lines.size(); ++line)
    if (file.lines[line - 1].find(value) != std::string_view::npos) return {line, 1};
  return {instruction.line, 1};
}

void check_assignments(const File& file, const Instruction& instruction, const Check& check,
                       FindingSink& sink) {
  for (const policy::Assignment& assignment :
       policy::read_assignments(instruction.arguments, instruction.name == "ENV")) {
    document::Node value;
    value.kind = document::Kind::scalar;
    value.text = assignment.value;
    if (!is_secret_literal(assignment.key, value)) continue;
    value.mark = mark_of(file, instruction, assignment.value);
    report_literal(assignment.key, value, file, check, sink);
  }
}

// Whether the file that is copied, from beside the Dockerfile or from the top, is one that everybody may read.
bool is_published(const File& file, const std::string& source) {
  constexpr std::size_t most_bytes_of_env = 1u << 20;
  if (file.tree == nullptr) return false;
  for (const std::string_view folder : {policy::directory_of(file.path), std::string_view()}) {
    const auto path = policy::path_from(folder, source);
    const policy::TreeFile* const copied = path ? file.tree->find(*path) : nullptr;
    if (copied == nullptr || !copied->is_regular() || copied->is_unmerged()) continue;
    const auto text = file.tree->read(*copied, most_bytes_of_env);
    return text && policy::is_published_env(*path, *text);
  }
  return false;
}

void check_copy(const File& file, const Instruction& instruction, const Check& check,
                FindingSink& sink) {
  const auto copy = policy::read_copy(instruction);
  if (!copy) return;
  static const policy::EnvOptions options;
  const policy::EnvNames names(options);
  for (const std::string& source : copy->sources) {
    if (names.classify(source) != policy::EnvKind::env_file || is_published(file, source)) continue;
    sink.add(finding_of(
        check, file,
        {{instruction.line, 1},
         fmt::format("{} becomes part of the image, and everybody who can pull it has it",
                     policy::code(source)),
         source,
         {}}));
  }
}

}  // namespace

void check_dockerfile_secret(const File& file, const Check& check, FindingSink& sink) {
  for (const Instruction& instruction : policy::read_dockerfile(file.lines.text())) {
    if (instruction.name == "ENV" || instruction.name == "ARG")
      check_assignments(file, instruction, check, sink);
    check_copy(file, instruction, check, sink);
  }
}

}  // namespace sluice::deploy
