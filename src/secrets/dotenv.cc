#include "secrets/dotenv.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "secrets/secure_file.h"

namespace sluice::secrets {
namespace {

constexpr std::size_t largest = 1u << 20;

bool is_key(std::string_view key) {
  const auto is_byte = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !key.empty() && !(key.front() >= '0' && key.front() <= '9') &&
         std::all_of(key.begin(), key.end(), is_byte);
}

class Reader {
 public:
  Reader(std::string_view text, const std::string& path) : text_(text), path_(path) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  Result<std::vector<DotenvEntry>> read() {
    std::vector<DotenvEntry> entries;
    if (text_.find('\0') != text_.npos)
      return fail(ErrorKind::invalid_input, "holds a NUL byte", path_, "save it as UTF-8 text");
    while (!text_.empty()) {
      ++line_;
      SLUICE_TRY_ASSIGN(auto entry, read_line(take_line()));
      if (!entry) continue;
      const auto known =
          std::find_if(entries.begin(), entries.end(),
                       [&](const DotenvEntry& other) { return other.key == entry->key; });
      if (known != entries.end()) entries.erase(known);
      entries.push_back(std::move(*entry));
    }
    return entries;
  }

 private:
  std::string_view take_line() {
    const std::size_t end = text_.find('\n');
    std::string_view line = text_.substr(0, end);
    text_ = end == text_.npos ? std::string_view() : text_.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  tl::unexpected<Error> fault(std::string what, std::string remedy = {}) const {
    return fail(ErrorKind::invalid_input, std::move(what), fmt::format("{}:{}", path_, first_line_),
                std::move(remedy));
  }

  Result<std::optional<DotenvEntry>> read_line(std::string_view line) {
    first_line_ = line_;
    line = base::trim(line);
    if (line.empty() || line.front() == '#') return std::nullopt;
    if (line.starts_with("export ") || line.starts_with("export\t"))
      line = base::trim(line.substr(7));
    const std::size_t equals = line.find('=');
    if (equals == line.npos)
      return fault("a line without `=`", "write KEY=value, or `#` before a comment");
    const std::string_view key = base::trim(line.substr(0, equals));
    // A key that is none may be a piece of a secret, so it is not repeated.
    if (!is_key(key))
      return fault("the text before `=` is no name of a variable", "use A-Z, 0-9 and `_`");
    DotenvEntry entry{std::string(key), {}, line_};
    SLUICE_TRY_ASSIGN(entry.value, read_value(base::trim(line.substr(equals + 1))));
    return std::optional<DotenvEntry>(std::move(entry));
  }

  Result<SecureBytes> read_value(std::string_view rest) {
    if (rest.starts_with('"') || rest.starts_with('\'')) return read_quoted(rest);
    if (rest.starts_with('#')) return SecureBytes();
    for (std::size_t i = 1; i < rest.size(); ++i)
      if (rest[i] == '#' && (rest[i - 1] == ' ' || rest[i - 1] == '\t'))
        rest = base::trim(rest.substr(0, i));
    return secure_copy(rest);
  }

  // `rest` begins with a quote; further lines are taken until it ends.
  Result<SecureBytes> read_quoted(std::string_view rest) {
    const char quote = rest.front();
    SecureBytes value;
    for (rest.remove_prefix(1);;) {
      std::size_t i = 0;
      for (; i < rest.size() && rest[i] != quote; ++i) {
        const bool escapes = quote == '"' && rest[i] == '\\' && i + 1 < rest.size();
        value.push_back(escapes ? '\0' : rest[i]);
        if (escapes) append_escape(rest[++i], value);
      }
      if (i < rest.size()) {
        const std::string_view behind = base::trim(rest.substr(i + 1));
        if (!behind.empty() && behind.front() != '#')
          return fault("text behind the closing quote", "put a quote inside of \"...\" as \\\"");
        return value;
      }
      if (text_.empty()) return fault("a quote that never closes", "close it on its line");
      value.push_back('\n');
      ++line_;
      rest = take_line();
    }
  }

  // Replaces the place-holding last byte of `value`.
  static void append_escape(char c, SecureBytes& value) {
    constexpr std::string_view from = "nrt\"\\$";
    constexpr std::string_view to = "\n\r\t\"\\$";
    const std::size_t which = from.find(c);
    value.back() = which == from.npos ? '\\' : to[which];
    if (which == from.npos) value.push_back(c);
  }

  std::string_view text_;
  const std::string& path_;
  std::size_t line_ = 0;
  std::size_t first_line_ = 0;
};

}  // namespace

Result<std::vector<DotenvEntry>> parse_dotenv(std::string_view text, const std::string& path) {
  return Reader(text, path).read();
}

Result<std::vector<DotenvEntry>> read_dotenv(const std::string& path) {
  SLUICE_TRY_ASSIGN(const SecureBytes text, read_secure_file(path, largest, true));
  return parse_dotenv(reveal(text), path);
}

}  // namespace sluice::secrets
