#include "secrets/environment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace sluice::secrets {

Status Environment::read_file() {
  if (is_read_ || dotenv_path_.empty()) return {};
  SLUICE_TRY_ASSIGN(entries_, read_dotenv(dotenv_path_));
  is_read_ = true;
  return {};
}

Result<SecureBytes> Environment::value_of(const std::string& name) {
  const char* const exported = std::getenv(name.c_str());
  if (exported != nullptr && *exported != '\0') return secure_copy(exported);
  SLUICE_TRY(read_file());
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const DotenvEntry& entry) { return entry.key == name; });
  if (found != entries_.end()) return found->value;
  if (exported != nullptr) return SecureBytes();
  return fail(ErrorKind::not_found, fmt::format("the variable {} is not set", name), {},
              dotenv_path_.empty() ? std::string("export it where the program is started")
                                   : fmt::format("write {}=... into {}", name, dotenv_path_));
}

std::vector<Result<SecretValue>> Environment::fetch(const std::vector<Request>& requests) {
  is_read_ = false;  // the file may have changed since the last time
  std::vector<Result<SecretValue>> values;
  for (const Request& request : requests) {
    auto value = value_of(request.name);
    if (value) {
      values.push_back(SecretValue{std::move(*value), {}});
    } else {
      values.push_back(tl::unexpected<Error>(std::move(value.error())));
    }
  }
  return values;
}

std::vector<Result<Description>> Environment::describe(const std::vector<Request>& requests) {
  is_read_ = false;
  std::vector<Result<Description>> list;
  for (const Request& request : requests) {
    const auto value = value_of(request.name);
    if (value) {
      list.push_back(
          Description{
          std::getenv(request.name.c_str()) != nullptr ? "exported" : "in " + dotenv_path_, {}, {}});
    } else {
      list.push_back(tl::unexpected<Error>(value.error()));
    }
  }
  return list;
}

Result<std::string> Environment::identity() {
  return dotenv_path_.empty() ? std::string("this process's variables")
                              : fmt::format("this process's variables and {}", dotenv_path_);
}

}  // namespace sluice::secrets
