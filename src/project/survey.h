#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "finding/sink.h"
#include "project/files.h"

namespace sluice::project {

/// A place in a file and its line's text.
struct Place {
  std::string path;
  std::uint32_t line = 0;  ///< 0: nowhere
  std::uint32_t column = 0;
  std::string excerpt;
};

/// An environment that something chooses by giving a variable its name.
struct Selection {
  std::string variable;  ///< `APP_ENV`; `--env` for an option on a command line
  std::string value;
  FileRole role = FileRole::none;
  Place at;
};

/// What the project does with a variable.
struct VariableUse {
  Place given;   ///< the first place that gives it a value or hands it on; a template does not
  bool is_given_in_image = false;  ///< by a Dockerfile or a shell script, so that whoever starts it need not
  Place named;   ///< the first place that names it, or a field that a settings class fills from it
};

/// What to look for.
struct Questions {
  std::vector<std::string> environments;  ///< as the configuration's files call them
  std::vector<std::string> variables;
  /// Files that are no witnesses: the configuration itself.
  std::vector<std::string> left_out;
  std::vector<std::string> templates;  ///< env templates: they declare, and give nothing
  /// Variables that choose the environment wherever they are given.
  std::vector<std::string> selectors;
};

/// What the files of a project say about it.
struct Survey {
  std::vector<Selection> selections;  ///< in order of path and place
  /// Whoever starts the program may choose freely, by this variable.
  std::map<std::string, Place> open_selections;
  std::map<std::string, Place> mentions;  ///< of environments, by the name in Questions
  /// Environments that one file of code names in two spellings: it knows that `production` is `prod`.
  std::set<std::string> known_by_two_names;
  std::unordered_map<std::string, VariableUse> variables;
  /// Variables that a file reads which also makes the name of a configuration file, by its beginning.
  std::map<std::string, std::vector<std::string>> readers;
  /// A settings class or loader gives fields their values by name, prefixes left out.
  bool has_settings_class = false;
};

/// Reads every file of `files` that can say something, once. What cannot be read becomes a Problem.
/// Linear in the files' size.
Survey survey(const Files& files, const Questions& questions, FindingSink& sink);

}  // namespace sluice::project
