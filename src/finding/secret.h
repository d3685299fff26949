#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sluice {

/// Bytes that must not reach a report, a log or a terminal by accident: there is no stream or format
/// operator. The bytes are overwritten when the object goes.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes) : bytes_(bytes) {}
  Secret(const Secret&) = default;
  Secret(Secret&&) noexcept = default;
  Secret& operator=(const Secret&) = default;
  Secret& operator=(Secret&&) noexcept = default;
  ~Secret();

  /// A secret of `characters` whose bytes are not known here: read from a report that leaves it out.
  static Secret withheld(std::size_t characters);

  /// The bytes themselves; none of a withheld one. Only for hashing, and for output the user asked for with --no-redact.
  std::string_view reveal() const { return bytes_; }

  /// What may be shown: how many characters there are and nothing of them, e.g. `[secret, 40 characters]`.
  std::string redacted() const;

  bool empty() const { return bytes_.empty() && withheld_ == 0; }

  /// How many characters it has.
  std::size_t characters() const;

 private:
  std::string bytes_;
  std::size_t withheld_ = 0;  // characters, when the bytes are not known
};

}  // namespace sluice
