#pragma once

#include <string_view>

namespace sluice::secrets {

/// True for what stands where a secret should be: nothing, white space, `changeme`, `<token>`,
/// `your-key-here`, `${VAR}`, `???`, `xxxx`, `TODO`. A short or weak password is none.
bool is_placeholder(std::string_view value);

}  // namespace sluice::secrets
