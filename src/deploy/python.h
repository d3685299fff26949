#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/lines.h"

namespace sluice::deploy {

/// An argument of a call.
struct PythonArgument {
  std::string keyword;  ///< of `password="x"`; empty for one by position
  std::string text;     ///< between the quotes, as it is written; empty unless `is_literal`
  bool is_literal = false;  ///< one string and nothing else; no f-string
  document::Mark at;        ///< of the string's opening quote
};

/// A call in Python source.
struct PythonCall {
  std::string name;  ///< as it is written, dots included: `os.environ.get`
  document::Mark at;
  std::vector<PythonArgument> arguments;

  /// The literal that is given for `keyword`, or else by position; null when there is none.
  const PythonArgument* literal(std::string_view keyword, std::size_t position) const;
};

/// The calls in `text` of what ends in one of `names` at a dot (`environ.get` is also found as
/// `os.environ.get`), in order. Strings and comments are skipped (Python's lexical analysis,
/// sections 2.1 and 2.4). A call whose arguments go on for more than 4 KiB has those before. Linear
/// in `text` where calls do not nest.
std::vector<PythonCall> read_python_calls(std::string_view text,
                                          std::span<const std::string_view> names);

}  // namespace sluice::deploy
