#include "git/commit.h"

#include <charconv>
#include <optional>

namespace sluice::git {
namespace {

// One header line of a commit or tag: `key value`; further lines that start with a space belong to
// it and are skipped.
struct HeaderLine {
  std::string_view key;
  std::string_view value;
};

// Walks the header lines up to the empty line that ends them.
class HeaderReader {
 public:
  explicit HeaderReader(std::string_view bytes) : bytes_(bytes) {}

  std::optional<HeaderLine> next() {
    while (at_ < bytes_.size() && bytes_[at_] == ' ') take_line();
    if (at_ >= bytes_.size()) return std::nullopt;
    const std::string_view line = take_line();
    if (line.empty()) return std::nullopt;
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return HeaderLine{line, {}};
    return HeaderLine{line.substr(0, space), line.substr(space + 1)};
  }

  // Where the message starts, once next() has returned nothing.
  std::size_t offset() const { return at_; }

 private:
  std::string_view take_line() {
    const std::size_t end = bytes_.find('\n', at_);
    const std::size_t stop = end == std::string_view::npos ? bytes_.size() : end;
    const std::string_view line = bytes_.substr(at_, stop - at_);
    at_ = end == std::string_view::npos ? bytes_.size() : end + 1;
    return line;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::string_view strip_spaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// `+0230` as minutes east of UTC; 0 when malformed, as Git shows such commits.
int zone_of(std::string_view text) {
  if (text.size() < 2 || (text[0] != '+' && text[0] != '-')) return 0;
  int digits = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), digits);
  const bool whole = end == text.data() + text.size();
  if (error != std::errc() || !whole || digits < 0 || digits > 9959) return 0;
  const int minutes = digits / 100 * 60 + digits % 100;
  return text[0] == '-' ? -minutes : minutes;
}

void read_time(std::string_view text, Signature& signature) {
  text = strip_spaces(text);
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), signature.seconds);
  if (error != std::errc()) return;
  signature.has_time = true;
  const auto used = static_cast<std::size_t>(end - text.data());
  signature.zone_minutes = zone_of(strip_spaces(text.substr(used)));
}

// The last `>` ends the address, so that names and addresses with stray brackets keep their time.
Signature parse_signature(std::string_view text) {
  Signature signature;
  const std::size_t close = text.rfind('>');
  const std::size_t open = text.find('<');
  if (close == std::string_view::npos || open == std::string_view::npos || open > close) {
    signature.name = strip_spaces(text);
    return signature;
  }
  signature.name = strip_spaces(text.substr(0, open));
  signature.email = text.substr(open + 1, close - open - 1);
  read_time(text.substr(close + 1), signature);
  return signature;
}

std::optional<ObjectKind> kind_named(std::string_view name) {
  for (const auto kind :
       {ObjectKind::commit, ObjectKind::tree, ObjectKind::blob, ObjectKind::tag}) {
    if (name == to_string(kind)) return kind;
  }
  return std::nullopt;
}

// Days since 1970-01-01 to a proleptic Gregorian date (Hinnant, "chrono-compatible low-level date
// algorithms"); gmtime would drag in locks and a signed 32-bit year.
struct Date {
  std::int64_t year;
  unsigned month, day;
};

Date civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted = (5 * day_of_year + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * shifted + 2) / 5 + 1};
}

}  // namespace

std::string Signature::iso_date() const {
  constexpr std::int64_t end_of_9999 = 253402300799;
  constexpr std::int64_t start_of_0 = -62167219200;
  if (!has_time || seconds > end_of_9999 - 1000000 || seconds < start_of_0 + 1000000) return {};
  const std::int64_t local = seconds + zone_minutes * 60;
  const std::int64_t days = (local >= 0 ? local : local - 86399) / 86400;
  const std::int64_t second = local - days * 86400;
  const Date date = civil_from_days(days);
  const int zone = zone_minutes < 0 ? -zone_minutes : zone_minutes;
  std::string text = "0000-00-00T00:00:00+00:00";
  const auto put = [&text](std::size_t at, std::int64_t number, std::size_t digits) {
    for (; digits > 0; number /= 10) text[at + --digits] = static_cast<char>('0' + number % 10);
  };
  put(0, date.year, 4);
  put(5, date.month, 2);
  put(8, date.day, 2);
  put(11, second / 3600, 2);
  put(14, second / 60 % 60, 2);
  put(17, second % 60, 2);
  if (zone_minutes < 0) text[19] = '-';
  put(20, zone / 60, 2);
  put(23, zone % 60, 2);
  return text;
}

Result<Commit> parse_commit(std::string_view bytes) {
  HeaderReader reader(bytes);
  Commit commit;
  auto line = reader.next();
  const auto tree = line && line->key == "tree" ? Oid::from_hex(line->value) : std::nullopt;
  if (!tree) return fail(ErrorKind::corrupt, "malformed commit: no tree line");
  commit.tree = *tree;
  while ((line = reader.next())) {
    if (line->key == "parent") {
      const auto parent = Oid::from_hex(line->value);
      if (!parent) return fail(ErrorKind::corrupt, "malformed commit: bad parent line");
      commit.parents.push_back(*parent);
    } else if (line->key == "author") {
      commit.author = parse_signature(line->value);
    } else if (line->key == "committer") {
      commit.committer = parse_signature(line->value);
    } else if (line->key == "encoding") {
      commit.encoding = line->value;
    }
  }
  commit.message_offset = reader.offset();
  commit.message = bytes.substr(commit.message_offset);
  return commit;
}

Result<Tag> parse_tag(std::string_view bytes) {
  HeaderReader reader(bytes);
  Tag tag;
  auto line = reader.next();
  const auto target = line && line->key == "object" ? Oid::from_hex(line->value) : std::nullopt;
  if (!target) return fail(ErrorKind::corrupt, "malformed tag: no object line");
  tag.target = *target;
  line = reader.next();
  const auto kind = line && line->key == "type" ? kind_named(line->value) : std::nullopt;
  if (!kind) return fail(ErrorKind::corrupt, "malformed tag: no type line");
  tag.target_kind = *kind;
  line = reader.next();
  if (!line || line->key != "tag") return fail(ErrorKind::corrupt, "malformed tag: no tag line");
  tag.name = line->value;
  while ((line = reader.next())) {
    if (line->key == "tagger") tag.tagger = parse_signature(line->value);
  }
  tag.message_offset = reader.offset();
  tag.message = bytes.substr(tag.message_offset);
  return tag;
}

}  // namespace sluice::git
