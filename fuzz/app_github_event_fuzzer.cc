#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "app/ci_event.h"
#include "base/file.h"

namespace {

// The event's file, which goes with the process.
struct EventFile {
  std::string path = "/tmp/sluice-event-XXXXXX";
  EventFile() { (void)!::mkstemp(path.data()); }
  ~EventFile() { std::remove(path.c_str()); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const EventFile file;
  // The first byte chooses the event, the rest is its file.
  constexpr std::string_view events[] = {"push", "pull_request", "merge_group", "release", "create", "delete"};
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.empty() || !sluice::base::write_file(file.path, input.substr(1))) return 0;
  sluice::app::CiInput given;
  given.environment = {{"GITHUB_ACTIONS", "true"},
                       {"GITHUB_EVENT_NAME", std::string(events[data[0] % std::size(events)])},
                       {"GITHUB_EVENT_PATH", file.path},
                       {"GITHUB_SHA", std::string(40, 'a')},
                       {"GITHUB_REF", "refs/heads/main"}};
  (void)sluice::app::read_ci_event(given);
  return 0;
}
