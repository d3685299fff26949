#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "container/confined_program.h"
#include "container/readers.h"

namespace sluice::container {
namespace {

constexpr std::uint64_t most_memory = std::uint64_t{1} << 30;
// A machine that is busy with other things makes a program wait.
constexpr unsigned wall_per_cpu_second = 5;

// What the limits leave for the next document.
Allowance allowance_for(std::size_t size, const Budget& budget) {
  const Limits& limits = budget.limits;
  Allowance allowance;
  allowance.cpu_seconds = static_cast<unsigned>(std::ceil(limits.program_seconds - budget.program_seconds));
  allowance.wall_seconds = allowance.cpu_seconds * wall_per_cpu_second;
  allowance.memory = most_memory;
  allowance.output = std::min({limits.entry_bytes, limits.bytes - std::min(limits.bytes, budget.bytes),
                               std::max(limits.ratio_from, limits.ratio * size)});
  return allowance;
}

// pdftotext ends each page with a form feed. A text that holds more of them can only spoil its own pages' numbers.
void give_pages(std::string_view text, Budget& budget, Visitor& visitor) {
  for (unsigned number = 1; !text.empty(); ++number) {
    const std::string_view page = text.substr(0, text.find('\f'));
    text.remove_prefix(std::min(text.size(), page.size() + 1));
    if (page.find_first_not_of(" \n") == std::string_view::npos) continue;
    if (!spend(budget, page.size(), visitor)) return;
    visitor.entry(fmt::format("page {}", number), page);
  }
}

void tell(const ProgramEnd& end, const Allowance& allowance, Visitor& visitor) {
  using Kind = ProgramEnd::Kind;
  switch (end.kind) {
    case Kind::exited:
      if (end.code != 0) visitor.unreadable("it is damaged or under a password");
      return;
    case Kind::out_of_time:
      return visitor.limited(fmt::format("to read its text takes more than {} s", allowance.cpu_seconds));
    case Kind::out_of_output:
      return visitor.limited(fmt::format("its text is larger than {} MiB", allowance.output >> 20));
    case Kind::crashed: return visitor.limited(fmt::format("pdftotext ended by signal {} on it", end.code));
  }
}

}  // namespace

// By poppler's own program (https://poppler.freedesktop.org), in a process of its own: a renderer is much to trust
// with strangers' bytes. Names and values that stand beside each other are kept on one line (-layout).
Status read_pdf(std::string_view bytes, Budget& budget, Visitor& visitor) {
  static const std::string program = find_program("pdftotext");
  // Told, and no error: most machines that commit are without it, and PDF documents are mostly not the team's own text.
  if (program.empty()) {
    visitor.unreadable("the text of a PDF document needs pdftotext; install the package poppler-utils");
    return {};
  }
  if (budget.program_seconds >= budget.limits.program_seconds) {
    visitor.limited(fmt::format("to read the PDF documents in it takes more than {} s", budget.limits.program_seconds));
    return {};
  }
  const Allowance allowance = allowance_for(bytes.size(), budget);
  SLUICE_TRY_ASSIGN(const ProgramEnd end,
                    run_confined({program, "-q", "-layout", "-enc", "UTF-8", "-eol", "unix", "-", "-"}, bytes, allowance));
  budget.program_seconds += end.cpu_seconds;
  give_pages(end.output, budget, visitor);
  tell(end, allowance, visitor);
  return {};
}

}  // namespace sluice::container
