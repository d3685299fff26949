#include "structure/date.h"

#include <fmt/format.h>

#include <chrono>

namespace sluice::structure {

std::string date_of(std::uint64_t seconds) {
  constexpr std::uint64_t end_of_9999 = 253'402'300'800;
  if (seconds >= end_of_9999) return {};
  const std::chrono::sys_days day(std::chrono::days(static_cast<int>(seconds / 86'400)));
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace sluice::structure
