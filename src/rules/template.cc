#include "rules/template.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>

#include "structure/sample.h"

namespace sluice::rules {
namespace {

constexpr std::size_t max_count = 20'000;

// splitmix64: enough for examples, and the same everywhere, unlike the standard distributions.
class Generator {
 public:
  explicit Generator(std::string_view seed) {
    for (const char c : seed) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001B3u;
  }
  std::size_t below(std::size_t bound) {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return static_cast<std::size_t>((z ^ (z >> 31)) % bound);
  }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325u;
};

#define SLUICE_LOWER "abcdefghijklmnopqrstuvwxyz"
#define SLUICE_UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define SLUICE_DIGIT "0123456789"

struct CharacterClass {
  std::string_view name;
  std::string_view characters;
};

constexpr CharacterClass classes[] = {
    {"alnum", SLUICE_LOWER SLUICE_UPPER SLUICE_DIGIT},
    {"lower", SLUICE_LOWER},
    {"upper", SLUICE_UPPER},
    {"alpha", SLUICE_LOWER SLUICE_UPPER},
    {"digit", SLUICE_DIGIT},
    {"hex", SLUICE_DIGIT "abcdef"},
    {"HEX", SLUICE_DIGIT "ABCDEF"},
    {"lowernum", SLUICE_LOWER SLUICE_DIGIT},
    {"uppernum", SLUICE_UPPER SLUICE_DIGIT},
    {"base64", SLUICE_LOWER SLUICE_UPPER SLUICE_DIGIT "+/"},
    {"base64url", SLUICE_LOWER SLUICE_UPPER SLUICE_DIGIT "-_"},
    {"base32", SLUICE_UPPER "234567"},
    {"base58", "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ123456789"},
    {"printable", SLUICE_LOWER SLUICE_UPPER SLUICE_DIGIT "!%&()*+,-.;=?[]^_|~"},
    {"x", "x"},
    {"dash", "-"},
    {"newline", "\n"},
    {"space", " "},
    {"colon", ":"},
    {"lbrace", "{"},
    {"rbrace", "}"},
    {"dollar", "$"},
};

constexpr std::string_view words[] = {"river", "lantern", "copper", "meadow", "signal",
                                      "harbor", "walnut",  "violet", "summit", "garden"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A random run first and last alphanumeric (so that word boundaries hold), and, where the class has
// both and there is room, with a digit and a letter in it.
std::string random_run(std::string_view characters, std::size_t count, Generator& generator) {
  std::string run;
  for (std::size_t i = 0; i < count; ++i) {
    char c = characters[generator.below(characters.size())];
    const bool at_edge = i == 0 || i + 1 == count;
    while (at_edge && characters.size() > 10 && !is_digit(c) && !is_letter(c)) {
      c = characters[generator.below(characters.size())];
    }
    run += c;
  }
  if (count < 4 || characters.size() < 11) return run;
  const auto put = [&](std::size_t at, bool (*wanted)(char)) {
    const std::size_t start = generator.below(characters.size());
    for (std::size_t i = 0; i < characters.size(); ++i) {
      const char c = characters[(start + i) % characters.size()];
      if (!wanted(c)) continue;
      run[at] = c;
      return;
    }
  };
  put(1, is_digit);
  put(2, is_letter);
  return run;
}

std::string random_uuid(Generator& generator) {
  const std::string hex = random_run("0123456789abcdef", 30, generator);
  return fmt::format("{}-{}-4{}-a{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 3),
                     hex.substr(15, 3), hex.substr(18, 12));
}

std::string random_words(std::size_t count, Generator& generator) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += '-';
    text += words[generator.below(std::size(words))];
  }
  return text;
}

Result<std::string> expand_placeholder(std::string_view body, Generator& generator) {
  const auto colon = body.find(':');
  const std::string_view name = body.substr(0, colon);
  std::size_t count = 0;
  const std::string_view digits =
      colon == std::string_view::npos ? std::string_view() : body.substr(colon + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (error != std::errc() || end != digits.data() + digits.size() || count == 0 ||
      count > max_count) {
    return fail(ErrorKind::invalid_input,
                fmt::format("template '{{{{{}}}}}' needs a count from 1 to {}", body, max_count));
  }
  if (name == "uuid") return random_uuid(generator);
  if (name == "word") return random_words(count, generator);
  for (const CharacterClass& one : classes) {
    if (one.name == name) return random_run(one.characters, count, generator);
  }
  const auto dice = [&](std::size_t bound) { return generator.below(bound); };
  if (auto sample = structure::make_sample(name, count, dice)) return std::move(*sample);
  return fail(ErrorKind::invalid_input, fmt::format("unknown template class '{}'", name));
}

}  // namespace

Result<std::string> expand_template(std::string_view text, std::string_view seed) {
  Generator generator(seed);
  std::string out;
  for (;;) {
    const auto open = text.find("{{");
    out += text.substr(0, open);
    if (open == std::string_view::npos) return out;
    const auto close = text.find("}}", open);
    if (close == std::string_view::npos) {
      return fail(ErrorKind::invalid_input, "template with '{{' but no '}}'");
    }
    SLUICE_TRY_ASSIGN(const std::string piece,
                      expand_placeholder(text.substr(open + 2, close - open - 2), generator));
    out += piece;
    text.remove_prefix(close + 2);
  }
}

}  // namespace sluice::rules
