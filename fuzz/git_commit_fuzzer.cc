#include <cstddef>
#include <cstdint>
#include <string_view>

#include "git/commit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto commit = sluice::git::parse_commit(bytes);
  if (!commit) return 0;
  if (commit->message_offset > size) __builtin_trap();
  if (bytes.substr(commit->message_offset) != commit->message) __builtin_trap();
  for (const auto* signature : {&commit->author, &commit->committer}) {
    const std::string date = signature->iso_date();
    if (!date.empty() && date.size() != 25) __builtin_trap();
  }
  return 0;
}
