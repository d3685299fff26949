#include "app/date.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include "base/text.h"

namespace sluice::app {
namespace {

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return {};
  return value;
}

std::optional<std::int64_t> days_since_epoch(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return {};
  return std::chrono::sys_days(date).time_since_epoch().count();
}

// `T10:00:00Z`, `T10:00:00+02:00`: seconds to add to midnight UTC of the date.
std::optional<std::int64_t> seconds_of_day(std::string_view text) {
  if (text.empty()) return 0;
  if (text.size() < 10 || (text[0] != 'T' && text[0] != ' ') || text[3] != ':' || text[6] != ':') {
    return {};
  }
  const auto hours = number(text.substr(1, 2));
  const auto minutes = number(text.substr(4, 2));
  const auto seconds = number(text.substr(7, 2));
  if (!hours || !minutes || !seconds) return {};
  const std::int64_t local = *hours * 3600 + *minutes * 60 + *seconds;
  const std::string_view zone = text.substr(9);
  if (zone == "Z") return local;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return {};
  const auto zone_hours = number(zone.substr(1, 2));
  const auto zone_minutes = number(zone.substr(4, 2));
  if (!zone_hours || !zone_minutes) return {};
  const std::int64_t offset = *zone_hours * 3600 + *zone_minutes * 60;
  return zone[0] == '+' ? local - offset : local + offset;
}

std::optional<std::int64_t> seconds_ago(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t seconds;
  };
  constexpr std::array<Unit, 6> units = {{{"minute", 60}, {"hour", 3600}, {"day", 86400},
                                          {"week", 604800}, {"month", 2592000}, {"year", 31536000}}};
  const auto words = base::split(text, ' ');
  if (words.size() != 3 || words[2] != "ago") return {};
  const auto count = number(words[0]);
  for (const Unit& unit : units) {
    const bool named = words[1] == unit.name || words[1] == std::string(unit.name) + "s";
    if (count && named) return *count * unit.seconds;
  }
  return {};
}

}  // namespace

Result<std::int64_t> parse_date(std::string_view text) {
  if (const auto ago = seconds_ago(text)) return now() - *ago;
  const auto days = days_since_epoch(text.substr(0, 10));
  const auto seconds = text.size() >= 10 ? seconds_of_day(text.substr(10)) : std::nullopt;
  if (days && seconds) return *days * 86400 + *seconds;
  return fail(ErrorKind::invalid_input, fmt::format("'{}' is not a date", text), {},
              "write 2026-11-24, 2026-11-24T10:00:00Z or '3 days ago'");
}

std::string today() {
  const auto date = std::chrono::year_month_day(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace sluice::app
