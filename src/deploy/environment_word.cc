#include "deploy/environment_word.h"

#include "base/text.h"
#include "config/environment.h"

namespace sluice::deploy {

std::string environment_in(std::string_view name, std::string_view own) {
  std::string parts(name);
  for (char& c : parts)
    if (c == '-' || c == '_' || c == '.' || c == ':' || c == '"' || c == ' ') c = '/';
  std::string found;
  for (const std::string_view part : base::split(parts, '/')) {
    if (!config::is_usual_environment(part)) continue;
    const std::string environment = config::canonical_environment(part);
    if (environment == own) return {};
    found = environment;
  }
  return found;
}

}  // namespace sluice::deploy
