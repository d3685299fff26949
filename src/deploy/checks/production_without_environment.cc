#include <fmt/format.h>

#include "base/text.h"
#include "deploy/checks.h"
#include "deploy/workflow.h"

namespace sluice::deploy {
namespace {

bool is_production(std::string_view text) {
  const std::string word = base::to_lower(text);
  return word == "prod" || word == "production" || word == "live";
}

bool names_production(std::string_view job, const document::Node& node) {
  const std::string name = base::to_lower(job);
  for (const std::string_view part : base::split(name, '-'))
    if (is_production(part)) return true;
  for (const std::string_view part : base::split(name, '_'))
    if (is_production(part)) return true;
  bool found = false;
  for_each_entry(node, [&](const document::Entry& entry) {
    const std::string_view key = entry.key.text;
    found = found || ((key == "APP_ENV" || key == "ENVIRONMENT" || key == "STAGE") &&
                      is_production(entry.value.text));
  });
  return found;
}

}  // namespace

void check_production_without_environment(const File& file, const Check& check, FindingSink& sink) {
  for_each_job(
      *file.root, [&](std::string_view name, const document::Node& key, const document::Node& job) {
        if (job.find("environment") != nullptr || !names_production(name, job)) return;
        std::string used;
        for_each_entry(job, [&](const document::Entry& entry) {
          for (const SecretUse& use : secret_uses(entry.value.text))
            if (used.empty()) used = use.name;
        });
        if (used.empty()) return;
        sink.add(finding_of(
            check, file,
            {key.mark,
             fmt::format("job `{}` is for production and uses `secrets.{}`, which every branch's "
                         "workflow can read",
                         name, used),
             std::string(name),
             {}}));
      });
}

}  // namespace sluice::deploy
