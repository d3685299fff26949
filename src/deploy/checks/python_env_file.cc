#include <array>

#include "deploy/checks.h"
#include "deploy/python.h"

namespace sluice::deploy {
namespace {

constexpr std::array<std::string_view, 3> readers = {"load_dotenv", "dotenv_values", "read_env"};

}  // namespace

// Whether it asks is seen from the name of the variable alone: how it decides is the program's
// business.
void check_python_env_file(const File& file, const Check& check, FindingSink& sink) {
  if (file.lines.text().find("APP_ENV") != std::string_view::npos) return;
  for (const PythonCall& call : read_python_calls(file.lines.text(), readers))
    sink.add(finding_of(check, file,
                        {call.at,
                         "an env file is read in every environment, so one that lies about in "
                         "production wins unseen",
                         call.name,
                         {}}));
}

}  // namespace sluice::deploy
