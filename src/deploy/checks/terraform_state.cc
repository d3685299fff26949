#include "deploy/checks.h"

namespace sluice::deploy {

void check_terraform_state(const File& file, const Check& check, FindingSink& sink) {
  sink.add(finding_of(
      check, file,
      {{1, 1}, "the state holds every attribute in plain text, passwords among them", "state", {}}));
}

}  // namespace sluice::deploy
