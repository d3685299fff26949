#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "project/setting.h"

// What is read lies in the text, wherever the variable's name stands.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using sluice::project::FileRole;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view name = "APP_ENV";
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    for (const FileRole role : {FileRole::code, FileRole::deployment}) {
      const auto setting = sluice::project::setting_at(text, at, at + name.size(), role);
      const std::string_view value = setting.value;
      if (!value.empty() && (value.data() < text.data() || value.data() + value.size() > text.data() + text.size())) {
        std::abort();
      }
    }
  }
  return 0;
}
