#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace sluice {

/// Why something could not be done; decides nothing by itself, every error ends in exit code 2.
enum class ErrorKind {
  invalid_input,   ///< what the user wrote (arguments, policy, rule, configuration) is wrong
  not_found,       ///< a named thing does not exist
  unreadable,      ///< it exists, but permission or ownership forbids reading it
  corrupt,         ///< bytes that contradict their own format
  limit_exceeded,  ///< a size, depth or count limit bit
  refused,         ///< we could, but must not
  unsupported,     ///< valid, but not something this program does
  interrupted,     ///< the user stopped us
  io,              ///< the operating system failed to read or write
};

/// An error for a person: what was wrong, where (`path`, `path:line` or `path:line:column`; may be
/// empty) and what to do next (may be empty).
struct Error {
  ErrorKind kind = ErrorKind::invalid_input;
  std::string what;
  std::string where;
  std::string remedy;
};

/// `where: what (remedy)`, on one line.
std::string to_string(const Error& error);

/// A value or an Error; dropping one is a compiler warning. Use early return, not chaining.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string what, std::string where = {},
                                  std::string remedy = {}) {
  return tl::unexpected<Error>(
      Error{kind, std::move(what), std::move(where), std::move(remedy)});
}

}  // namespace sluice

#define SLUICE_CONCAT_INNER(a, b) a##b
#define SLUICE_CONCAT(a, b) SLUICE_CONCAT_INNER(a, b)

/// Returns the error of `expression` from the enclosing function, if it has one.
#define SLUICE_TRY(expression)                                                        \
  do {                                                                                \
    auto sluice_status = (expression);                                                \
    if (!sluice_status) return tl::unexpected<::sluice::Error>(std::move(sluice_status.error())); \
  } while (false)

/// `SLUICE_TRY_ASSIGN(auto value, expression)`: as above, else binds the value.
#define SLUICE_TRY_ASSIGN(declaration, expression)                                              \
  auto SLUICE_CONCAT(sluice_result_, __LINE__) = (expression);                                  \
  if (!SLUICE_CONCAT(sluice_result_, __LINE__))                                                 \
    return tl::unexpected<::sluice::Error>(                                                     \
        std::move(SLUICE_CONCAT(sluice_result_, __LINE__).error()));                            \
  declaration = std::move(*SLUICE_CONCAT(sluice_result_, __LINE__))
