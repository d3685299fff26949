#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "secrets/secure_bytes.h"

namespace sluice::secrets {

/// Replaces secrets in a stream by `[masked]`, wherever the stream is cut into pieces. Looks for
/// each value as it is, as JSON escapes it, in Base64 (all three alignments) and percent-encoded;
/// of a value in several lines also for each line. Linear in the stream. Values of fewer than
/// `least` bytes are not looked for.
class Masker {
 public:
  static constexpr std::size_t least = 4;

  explicit Masker(const std::vector<SecureBytes>& values);

  /// Takes the next piece and appends to `out` what can be shown already: all but what may be the
  /// beginning of a secret.
  void feed(std::string_view piece, SecureBytes& out);

  /// The stream is over: appends what was held back.
  void finish(SecureBytes& out);

 private:
  struct Edge {
    char byte = 0;
    std::uint32_t target = 0;
  };
  // A state of an Aho-Corasick automaton (Communications of the ACM 18(6), 1975).
  struct State {
    std::vector<Edge, SecureAllocator<Edge>> edges;
    std::uint32_t fallback = 0;
    std::uint32_t depth = 0;
    std::uint32_t match = 0;  // the length of the longest value that ends here
  };

  void add(std::string_view value);
  void add_forms(std::string_view value);
  void link();
  static std::uint32_t edge(const State& state, char byte);
  std::uint32_t next(std::uint32_t state, char byte) const;
  void release(std::size_t kept, SecureBytes& out);

  std::vector<State> states_;
  std::uint32_t state_ = 0;
  SecureBytes held_;
  std::vector<bool> hidden_;  // of each byte held
  bool in_mask_ = false;
};

}  // namespace sluice::secrets
