#include "app/config_file.h"

#include <cstddef>
#include <utility>

#include "base/file.h"

namespace sluice::app {
namespace {

constexpr std::size_t largest_config = 16u << 20;

Result<std::string> explained(Result<std::string> text) {
  if (text || text.error().kind != ErrorKind::limit_exceeded) return text;
  return fail(ErrorKind::limit_exceeded,
              "the configuration file is larger than 16 MiB, and was not checked",
              std::move(text.error().where),
              "split it, or, if it is data, name the folders that hold configuration: `config: "
              "{folders: [...]}` in .sluice.yaml");
}

}  // namespace

Result<std::string> read_config_file(const std::string& path) {
  return explained(base::read_file(path, largest_config));
}

Result<std::string> read_config_file(const policy::Tree& tree, const policy::TreeFile& file) {
  return explained(tree.read(file, largest_config));
}

}  // namespace sluice::app
