#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluice::policy {

/// An image that a compose file has built. Paths are from the top of the tree; an empty context is the top.
struct ImageBuild {
  std::string dockerfile;
  std::string context;
};

/// True for what is called as Dockerfiles are, in any case: `Dockerfile`, `Containerfile`, `Dockerfile.dev`,
/// `api.dockerfile`. `name` is without folders. Cheap, for it is asked of every path of a tree.
bool is_dockerfile(std::string_view name);

/// True for what is called as compose files are: `compose.yaml`, `docker-compose.prod.yml`. `name` is without folders.
bool is_compose_file(std::string_view name);

/// What the services of the compose file at `path` build (https://docs.docker.com/reference/compose-file/build/), as far as
/// it lies in the tree and no variable is in its names. A file that cannot be read as YAML builds nothing.
std::vector<ImageBuild> image_builds_of(std::string_view path, std::string_view text);

}  // namespace sluice::policy
