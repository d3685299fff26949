#pragma once

#include <type_traits>
#include <vector>

#include "secrets/http.h"
#include "secrets/provider.h"

namespace sluice::secrets {

/// What `ask` answers to each of `requests`, in their order. Then `http` forgets what it was sent.
template <class Ask>
auto ask_each(HttpClient& http, const std::vector<Request>& requests, Ask ask) {
  std::vector<std::invoke_result_t<Ask, const Request&>> answers;
  answers.reserve(requests.size());
  for (const Request& request : requests) answers.push_back(ask(request));
  http.forget();
  return answers;
}

}  // namespace sluice::secrets
