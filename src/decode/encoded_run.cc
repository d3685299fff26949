#include "decode/encoded_run.h"

namespace sluice::decode {

std::string_view to_string(Encoding encoding) {
  switch (encoding) {
    case Encoding::base64: return "base64";
    case Encoding::hex: return "hexadecimal";
    case Encoding::percent: return "percent encoding";
    case Encoding::unicode_escape: return "escapes";
    case Encoding::html_escape: return "HTML escapes";
    case Encoding::quoted_printable: return "quoted-printable";
  }
  return "";
}

}  // namespace sluice::decode
