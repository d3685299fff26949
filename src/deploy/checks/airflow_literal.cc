#include <array>

#include "deploy/checks.h"
#include "deploy/literal.h"
#include "deploy/python.h"

namespace sluice::deploy {
namespace {

constexpr std::array<std::string_view, 2> calls = {"Connection", "Variable.set"};

void check_argument(std::string_view key, const PythonArgument* argument, const File& file,
                    const Check& check, FindingSink& sink) {
  if (argument == nullptr) return;
  document::Node value;
  value.kind = document::Kind::scalar;
  value.text = argument->text;
  value.mark = argument->at;
  if (is_secret_literal(key, value)) report_literal(key, value, file, check, sink);
}

void check_settings(const File& file, const Check& check, FindingSink& sink) {
  for (const document::Entry& section : file.root->entries)
    report_literals(section.value, file, check, sink);
}

void check_code(const File& file, const Check& check, FindingSink& sink) {
  for (const PythonCall& call : read_python_calls(file.lines.text(), calls)) {
    if (call.name.ends_with("set")) {
      const PythonArgument* const key = call.literal("key", 0);
      if (key != nullptr) check_argument(key->text, call.literal("value", 1), file, check, sink);
      continue;
    }
    for (const PythonArgument& argument : call.arguments)
      if (argument.is_literal) check_argument(argument.keyword, &argument, file, check, sink);
  }
}

}  // namespace

void check_airflow_literal(const File& file, const Check& check, FindingSink& sink) {
  if (file.kind == FileKind::python) {
    check_code(file, check, sink);
  } else {
    check_settings(file, check, sink);
  }
}

}  // namespace sluice::deploy
