#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "secrets/provider.h"
#include "secrets/reference.h"

namespace sluice::secrets {

/// A reference in a configuration.
struct Wanted {
  std::string key;    ///< dotted: `warehouse.password`
  std::string where;  ///< `path:line:column`
  Reference reference;
};

/// What is wrong with references, all of it: each names key and place, none a value.
using ResolveErrors = std::vector<Error>;

/// Resolves references by their schemes' providers, which are made when they are first needed.
class Resolver {
 public:
  using MakeProvider = std::function<Result<std::unique_ptr<Provider>>()>;

  /// A later call for the same scheme replaces the former.
  void add(std::string scheme, MakeProvider make) { makers_[std::move(scheme)] = std::move(make); }

  /// The secrets of `wanted`, in their order. Each secret is asked for once, however many
  /// references name it. A secret that is missing, empty, a placeholder or (with a `#key`) no JSON
  /// with that member is an error; so is a scheme without a provider.
  tl::expected<std::vector<SecretValue>, ResolveErrors> resolve(const std::vector<Wanted>& wanted);

  /// As resolve, but reads no value: what is known of each reference. A `#key` is held against the
  /// secret's members where those can be told.
  std::vector<Result<Description>> describe(const std::vector<Wanted>& wanted);

  /// The provider of a scheme. Errors: unsupported; what making it said.
  Result<Provider*> provider(const std::string& scheme);

 private:
  template <class Answer, class Ask>
  std::vector<Result<Answer>> ask_each(const std::vector<Wanted>& wanted, Ask ask);

  std::map<std::string, MakeProvider> makers_;
  std::map<std::string, std::unique_ptr<Provider>> providers_;
};

}  // namespace sluice::secrets
