#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "document/node.h"
#include "finding/fingerprint.h"
#include "git/ignore.h"
#include "policy/checks.h"
#include "policy/docker_copy.h"
#include "policy/docker_ignore.h"
#include "policy/image_build.h"
#include "policy/path.h"
#include "policy/python_sdist.h"
#include "source/item.h"

namespace sluice::policy {
namespace {

constexpr std::size_t largest_file = 1u << 20;

// What stands for the .gitignore where a tool packs or uploads a folder, and is written like it.
struct UploadIgnore {
  std::string_view file;
  std::string_view tool;
};

constexpr std::array<UploadIgnore, 7> upload_ignores = {{{".npmignore", "`npm publish`"},
                                                         {".gcloudignore", "`gcloud`"},
                                                         {".ebignore", "`eb deploy`"},
                                                         {".cfignore", "`cf push`"},
                                                         {".vercelignore", "`vercel`"},
                                                         {".funcignore", "`func azure functionapp publish`"},
                                                         {".amlignore", "snapshots of Azure ML"}}};

const UploadIgnore* upload_ignore_of(std::string_view name) {
  if (!name.ends_with("ignore")) return nullptr;
  const auto found = std::find_if(upload_ignores.begin(), upload_ignores.end(),
                                  [&](const UploadIgnore& row) { return row.file == name; });
  return found == upload_ignores.end() ? nullptr : &*found;
}

// Whether npm packs what no ignore file leaves out: neither private nor with a list of what is meant.
bool is_published_whole(const std::string& package) {
  const auto json = document::parse_json(package, "package.json");
  if (!json || json->root.find("files") != nullptr) return false;
  const document::Node* const is_private = json->root.find("private");
  return is_private == nullptr || is_private->text != "true";
}

std::string what_is_copied(const TakingCopy& copy) {
  return copy.is_whole ? "the whole build context" : code(copy.source.substr(0, 80)) + " of the build context";
}

class Finder {
 public:
  Finder(const Subject& subject, const Check& check, FindingSink& sink)
      : subject_(subject), check_(check), sink_(sink) {}

  void look_at_compose_file(const TreeFile& file) {
    const auto text = read(file.path);
    if (!text) return;
    for (ImageBuild& build : image_builds_of(file.path, *text)) {
      contexts_[std::move(build.dockerfile)].insert(std::move(build.context));
    }
  }

  // In the contexts that compose files give it, else in its own folder.
  void look_at_dockerfile(const TreeFile& file) {
    const auto text = read(file.path);
    const std::vector<Copy> copies = text ? copies_of(*text) : std::vector<Copy>();
    if (copies.empty()) return;
    const auto known = contexts_.find(file.path);
    if (known == contexts_.end()) {
      look_at_context(std::string(file.path), copies, std::string(directory_of(file.path)), {".dockerignore", ".containerignore"});
    } else {
      for (const std::string& context : known->second) look_at_context(std::string(file.path), copies, context, {});
    }
  }

  void look_at_upload(const TreeFile& file, std::string_view tool) {
    const std::string_view name = base_name(file.path);
    const std::string folder(directory_of(file.path));
    const auto text = read(file.path);
    if (!text || !has_env(folder)) return;
    if (name == ".gcloudignore" && text->find("#!include:.gitignore") != std::string::npos) return;
    if (name == ".npmignore") {
      const auto package = read(join(folder, "package.json"));
      if (!package || !is_published_whole(*package)) return;
    }
    git::IgnoreRules rules;
    rules.add_file("", *text);
    if (rules.check(".env", false).ignored) return;
    tell(std::string(file.path),
         fmt::format("{} replaces the .gitignore for {}, and no line of it leaves {} out", code(name),
                     tool, code(join(folder, ".env"))),
         "add the line `.env*` to it", 1);
  }

  // What `python -m build` packs into the archive that is uploaded.
  void look_at_python_project(const TreeFile& file) {
    const std::string folder(directory_of(file.path));
    const auto text = read(file.path);
    if (!text || !has_env(folder)) return;
    const SdistInclude found = base_name(file.path) == "MANIFEST.in" ? sdist_include_of_manifest(*text)
                                                                     : sdist_include_of_pyproject(*text);
    if (found.line == 0) return;
    tell(std::string(file.path),
         fmt::format("{} of {} puts {} into the source distribution", code(found.pattern.substr(0, 80)),
                     code(file.path), code(join(folder, ".env"))),
         base_name(file.path) == "MANIFEST.in" ? "add the line `global-exclude .env*` at its end"
                                               : "name the files that are meant",
         found.line);
  }

 private:
  // A `.env` that an instruction takes along; its path is from the context's top.
  struct Taken {
    TakingCopy copy;
    std::string path;
  };

  // Those of the context's top, and of folders in it that say by a template that there is one.
  std::vector<Taken> taken_along(const std::vector<Copy>& copies, const std::string& context) const {
    constexpr std::size_t most_folders = 100;
    std::set<std::string> paths;
    if (has_env(context)) paths.insert(".env");
    for (const EnvFile& named : subject_.env_files) {
      const std::string_view folder = directory_of(named.file->path);
      if (paths.size() < most_folders && is_within(folder, context) && folder != context)
        paths.insert(join(folder.substr(context.empty() ? 0 : context.size() + 1), ".env"));
    }
    std::vector<Taken> taken;
    for (const std::string& path : paths)
      if (auto copy = copy_taking(copies, path)) taken.push_back({std::move(*copy), path});
    return taken;
  }

  // `others`: what may leave things out of it besides its own ignore files.
  void look_at_context(const std::string& dockerfile, const std::vector<Copy>& copies, const std::string& context,
                       const std::vector<std::string>& others) {
    std::vector<Taken> taken = taken_along(copies, context);
    if (taken.empty()) return;
    std::vector<std::string> ignore_files = {dockerfile + ".dockerignore", join(context, ".dockerignore"),
                                             join(context, ".containerignore")};
    ignore_files.insert(ignore_files.end(), others.begin(), others.end());
    for (const std::string& path : ignore_files) {
      const auto ignore = read(path);
      if (!ignore) continue;
      // The one at the top is for builds from there.
      const bool is_of_top = std::find(others.begin(), others.end(), path) != others.end();
      std::erase_if(taken, [&](const Taken& one) {
        return is_docker_ignored(*ignore, is_of_top ? join(context, one.path) : one.path);
      });
      if (taken.empty()) return;
      const bool is_deeper = (is_of_top && !context.empty()) || taken.front().path != ".env";
      tell(path, fmt::format("{} copies {}, and no line of {} leaves {} out of it", code(dockerfile),
                             what_is_copied(taken.front().copy), code(path), named(taken, context)),
           is_deeper ? "add the line `**/.env*` to it" : "add the line `.env*` to it", 1,
           Related{dockerfile, taken.front().copy.line, 1, "copied here", {}});
      return;
    }
    tell(dockerfile,
         fmt::format("{} copies {}, and there is no .dockerignore: {} ends up in the image", code(dockerfile),
                     what_is_copied(taken.front().copy), named(taken, context)),
         fmt::format("write {} with the line `**/.env*`", code(join(context, ".dockerignore"))), taken.front().copy.line);
  }

  static std::string named(const std::vector<Taken>& taken, const std::string& context) {
    std::string names = code(join(context, taken.front().path));
    if (taken.size() > 1) names += fmt::format(" (and {} more)", taken.size() - 1);
    return names;
  }

  std::optional<std::string> read(std::string_view path) const {
    const TreeFile* file = subject_.tree.find(path);
    if (file == nullptr || !file->is_regular() || file->is_unmerged()) return std::nullopt;
    auto text = subject_.tree.read(*file, largest_file);
    if (text) return std::move(*text);
    sink_.add(source::to_problem(text.error()));
    return std::nullopt;
  }

  // Whether a `.env` is kept there: a template says so, or a rule that ignores it.
  bool has_env(const std::string& folder) const {
    if (subject_.ignores.check(join(folder, ".env")).ignored) return true;
    for (const EnvFile& named : subject_.env_files) {
      if (directory_of(named.file->path) == folder) return true;
    }
    return false;
  }

  void tell(const std::string& path, std::string message, std::string remedy, std::uint32_t line = 0,
            std::optional<Related> related = {}) {
    Finding finding = finding_of(check_, path);
    finding.at.line = finding.at.end_line = line;
    finding.at.column = finding.at.end_column = line == 0 ? 0 : 1;
    finding.message = std::move(message);
    finding.remedy = std::move(remedy);
    finding.fingerprint = fingerprint(check_.id, path + "\n" + finding.message);
    if (related) finding.related.push_back(std::move(*related));
    sink_.add(std::move(finding));
  }

  const Subject& subject_;
  const Check& check_;
  FindingSink& sink_;
  std::map<std::string, std::set<std::string>, std::less<>> contexts_;  // by Dockerfile, as compose files say
};

}  // namespace

void check_env_in_build_context(const Subject& subject, const Check& check, FindingSink& sink) {
  Finder finder(subject, check, sink);
  for (const TreeFile* const file : subject.tree.notable_files()) {
    if (is_compose_file(base_name(file->path))) finder.look_at_compose_file(*file);
  }
  for (const TreeFile* const notable : subject.tree.notable_files()) {
    const TreeFile& file = *notable;
    if (!file.is_regular() || file.is_unmerged()) continue;
    const std::string_view name = base_name(file.path);
    if (const UploadIgnore* row = upload_ignore_of(name)) {
      finder.look_at_upload(file, row->tool);
    } else if (name == "MANIFEST.in" || name == "pyproject.toml") {
      finder.look_at_python_project(file);
    } else if (is_dockerfile(name)) {
      finder.look_at_dockerfile(file);
    }
  }
}

}  // namespace sluice::policy
