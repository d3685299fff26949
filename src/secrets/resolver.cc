#include "secrets/resolver.h"

#include <fmt/format.h>

#include <set>

#include "secrets/json_text.h"
#include "secrets/placeholder.h"

namespace sluice::secrets {
namespace {

Error told_of(const Wanted& wanted, Error error) {
  error.what = fmt::format("{} ({}): {}", wanted.key, wanted.reference.to_string(), error.what);
  if (!error.where.empty()) error.what += fmt::format(" [{}]", error.where);
  error.where = wanted.where;
  return error;
}

Result<SecureBytes> value_of(const Wanted& wanted, const SecureBytes& secret) {
  SecureBytes value;
  if (wanted.reference.key.empty()) {
    value = secret;
  } else {
    SLUICE_TRY_ASSIGN(value, json_member(reveal(secret), wanted.reference.key));
  }
  if (value.empty())
    return fail(ErrorKind::not_found, "the secret is empty", {}, "give it a value");
  if (is_placeholder(reveal(value)))
    return fail(ErrorKind::not_found, "the secret is still a placeholder", {},
                "give it its real value");
  return value;
}

// Whether the member that the reference names is there, where that is known.
Status check_member(const Wanted& wanted, const Result<Description>& description) {
  if (!description || description->members.empty() || wanted.reference.key.empty()) return {};
  if (has_json_member(description->members, wanted.reference.key)) return {};
  return fail(ErrorKind::not_found,
              fmt::format("the secret has no member '{}'", wanted.reference.key));
}

}  // namespace

Result<Provider*> Resolver::provider(const std::string& scheme) {
  std::unique_ptr<Provider>& known = providers_[scheme];
  if (known) return known.get();
  const auto maker = makers_.find(scheme);
  if (maker == makers_.end())
    return fail(ErrorKind::unsupported, fmt::format("no provider for {}://", scheme));
  SLUICE_TRY_ASSIGN(known, maker->second());
  return known.get();
}

// Asks each provider once for all of its requests, and deals the answers out to the references.
template <class Answer, class Ask>
std::vector<Result<Answer>> Resolver::ask_each(const std::vector<Wanted>& wanted, Ask ask) {
  std::map<std::string, std::set<Request>> requests;
  for (const Wanted& one : wanted)
    requests[one.reference.scheme].insert({one.reference.name, one.reference.version});
  std::map<std::string, std::map<Request, Result<Answer>>> answers;
  std::map<std::string, Error> faults;
  for (const auto& [scheme, set] : requests) {
    const auto found = provider(scheme);
    if (!found) {
      faults.emplace(scheme, found.error());
      continue;
    }
    const std::vector<Request> list(set.begin(), set.end());
    std::vector<Result<Answer>> replies = ask(**found, list);
    for (std::size_t i = 0; i < list.size(); ++i)
      answers[scheme].emplace(list[i], std::move(replies[i]));
  }
  std::vector<Result<Answer>> dealt;
  for (const Wanted& one : wanted) {
    const auto fault = faults.find(one.reference.scheme);
    if (fault != faults.end()) {
      dealt.push_back(tl::unexpected<Error>(fault->second));
    } else {
      dealt.push_back(
          answers[one.reference.scheme].at({one.reference.name, one.reference.version}));
    }
  }
  return dealt;
}

tl::expected<std::vector<SecretValue>, ResolveErrors> Resolver::resolve(
    const std::vector<Wanted>& wanted) {
  const auto secrets = ask_each<SecretValue>(
      wanted, [](Provider& provider, const auto& requests) { return provider.fetch(requests); });
  std::vector<SecretValue> values;
  ResolveErrors errors;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto value = secrets[i] ? value_of(wanted[i], secrets[i]->bytes)
                            : Result<SecureBytes>(tl::unexpected<Error>(secrets[i].error()));
    if (value) {
      values.push_back({std::move(*value), secrets[i]->version});
    } else {
      errors.push_back(told_of(wanted[i], std::move(value.error())));
    }
  }
  if (!errors.empty()) return tl::unexpected<ResolveErrors>(std::move(errors));
  return values;
}

std::vector<Result<Description>> Resolver::describe(const std::vector<Wanted>& wanted) {
  auto descriptions = ask_each<Description>(
      wanted, [](Provider& provider, const auto& requests) { return provider.describe(requests); });
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (const Status status = check_member(wanted[i], descriptions[i]); !status)
      descriptions[i] = tl::unexpected<Error>(status.error());
    if (!descriptions[i]) descriptions[i].error() = told_of(wanted[i], descriptions[i].error());
  }
  return descriptions;
}

}  // namespace sluice::secrets
