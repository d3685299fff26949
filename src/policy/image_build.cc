#include "policy/image_build.h"

#include <optional>

#include "base/text.h"
#include "document/node.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

using document::Kind;
using document::Node;

// `relative` from `folder`; nothing for what leaves the tree, is elsewhere, or is not known before it runs.
std::optional<std::string> path_in_tree(std::string_view folder, std::string_view relative) {
  if (relative.starts_with('/') || relative.find('$') != std::string_view::npos || relative.find(':') != std::string_view::npos) {
    return std::nullopt;
  }
  std::string path(folder);
  for (const std::string_view step : base::split(relative, '/')) {
    if (step.empty() || step == ".") continue;
    if (step != "..") {
      path = join(path, step);
    } else if (path.empty()) {
      return std::nullopt;
    } else {
      path = std::string(directory_of(path));
    }
  }
  return path;
}

std::string text_or(const Node* node, std::string_view otherwise) {
  return node != nullptr && node->kind == Kind::scalar ? node->text : std::string(otherwise);
}

std::optional<ImageBuild> build_of(const Node& build, std::string_view folder) {
  const bool is_short = build.kind == Kind::scalar;
  if ((!is_short && build.kind != Kind::mapping) || build.find("dockerfile_inline") != nullptr) return std::nullopt;
  const auto context = path_in_tree(folder, is_short ? build.text : text_or(build.find("context"), "."));
  if (!context) return std::nullopt;
  auto dockerfile = path_in_tree(*context, is_short ? "Dockerfile" : text_or(build.find("dockerfile"), "Dockerfile"));
  if (!dockerfile) return std::nullopt;
  return ImageBuild{std::move(*dockerfile), *context};
}

}  // namespace

bool is_compose_file(std::string_view path) {
  const std::string_view name = base_name(path);
  if (!name.ends_with(".yml") && !name.ends_with(".yaml")) return false;
  return name.starts_with("compose.") || name.starts_with("docker-compose") || name.starts_with("podman-compose");
}

std::vector<ImageBuild> image_builds_of(std::string_view path, std::string_view text) {
  const auto document = document::parse_yaml(text, std::string(path));
  const Node* const services = document ? document->root.find("services") : nullptr;
  std::vector<ImageBuild> builds;
  if (services == nullptr) return builds;
  for (const document::Entry& service : services->entries) {
    const Node* const build = service.value.find("build");
    if (build == nullptr) continue;
    if (auto one = build_of(*build, directory_of(path))) builds.push_back(std::move(*one));
  }
  return builds;
}

}  // namespace sluice::policy
