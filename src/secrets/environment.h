#pragma once

#include <memory>
#include <string>
#include <vector>

#include "secrets/dotenv.h"
#include "secrets/provider.h"

namespace sluice::secrets {

/// `env://NAME`: the variable of that name in this process, else in the env file at `dotenv_path`,
/// which is read at each fetch that needs it (dotenv.h says when it is refused). Empty: no file is
/// read. As with every dotenv reader, what is exported wins, unless it is empty.
class Environment : public Provider {
 public:
  explicit Environment(std::string dotenv_path) : dotenv_path_(std::move(dotenv_path)) {}

  std::vector<Result<SecretValue>> fetch(const std::vector<Request>& requests) override;
  std::vector<Result<Description>> describe(const std::vector<Request>& requests) override;
  Result<std::string> identity() override;

 private:
  Status read_file();
  Result<SecureBytes> value_of(const std::string& name);

  std::string dotenv_path_;
  bool is_read_ = false;
  std::vector<DotenvEntry> entries_;
};

}  // namespace sluice::secrets
