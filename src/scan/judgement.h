#pragma once

#include <string_view>

namespace sluice::scan {

/// Shannon entropy of `bytes` in bits a byte: 0 for none or one distinct byte, 8 at most.
double shannon_entropy(std::string_view bytes);

/// True when `secret` is plainly a stand-in, whatever the rule: one or two distinct characters, a
/// counting run (`123456`, `abcdef`), words such as `example`, `changeme`, `your_key`, `xxxx`, or an
/// interpolation (`${VAR}`, `{{ x }}`, `<token>`, `%s`, `$(cmd)`).
bool is_placeholder(std::string_view secret);

/// True for what SOPS (https://getsops.io/docs/) and the controller of sealed secrets
/// (https://github.com/bitnami-labs/sealed-secrets) write in a value's place: whoever has no key to it has nothing.
bool is_ciphertext(std::string_view secret);

}  // namespace sluice::scan
