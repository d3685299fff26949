#include "policy/image_build.h"

#include <optional>

#include "base/text.h"
#include "document/node.h"
#include "policy/path.h"

namespace sluice::policy {
namespace {

using document::Kind;
using document::Node;

// Nothing for what is not known before it runs (a variable), or is no path (an address).
std::optional<std::string> path_in_tree(std::string_view folder, std::string_view written) {
  return written.find_first_of("$:") == std::string_view::npos ? path_from(folder, written) : std::nullopt;
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

bool is_dockerfile(std::string_view name) {
  const auto begins = [&](std::string_view start) { return base::equals_ignoring_case(name.substr(0, start.size()), start); };
  const auto ends = [&](std::string_view end) {
    return name.size() >= end.size() && base::equals_ignoring_case(name.substr(name.size() - end.size()), end);
  };
  return base::equals_ignoring_case(name, "dockerfile") || base::equals_ignoring_case(name, "containerfile") ||
         ends(".dockerfile") || (begins("dockerfile.") && !ends(".dockerignore"));
}

bool is_compose_file(std::string_view name) {
  if (!name.ends_with(".yml") && !name.ends_with(".yaml")) return false;
  return name.starts_with("compose") || name.starts_with("docker-compose") || name.starts_with("podman-compose");
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
