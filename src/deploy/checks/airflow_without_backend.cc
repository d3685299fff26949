#include "deploy/checks.h"

namespace sluice::deploy {

void check_airflow_without_backend(const File& file, const Check& check, FindingSink& sink) {
  const document::Node* const section = file.root->find("secrets");
  const document::Node* const backend = section == nullptr ? nullptr : section->find("backend");
  if (backend != nullptr && !backend->text.empty()) return;
  const document::Mark at = backend != nullptr ? backend->mark
                            : section != nullptr ? section->mark
                                                 : document::Mark{};
  sink.add(finding_of(check, file,
                      {at,
                       "connections and variables come from Airflow's own database, where "
                       "everybody with the fernet key reads them",
                       "backend",
                       {}}));
}

}  // namespace sluice::deploy
