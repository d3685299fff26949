#include <charconv>

#include "config/checks.h"

namespace sluice::config {
namespace {

// The line and column at the end of `path:line:column`; path may hold colons.
document::Mark mark_in(std::string_view where) {
  document::Mark mark;
  for (std::uint32_t* part : {&mark.column, &mark.line}) {
    const std::size_t colon = where.rfind(':');
    if (colon == std::string_view::npos) return {};
    std::from_chars(where.data() + colon + 1, where.data() + where.size(), *part);
    where = where.substr(0, colon);
  }
  return mark;
}

std::string format_name(const std::string& path) {
  switch (document::format_of(path).value_or(document::Format::yaml)) {
    case document::Format::json:
      return "JSON";
    case document::Format::toml:
      return "TOML";
    case document::Format::ini:
      return "INI";
    default:
      return "YAML";
  }
}

void report_errors(const Folder& folder, bool limits, Reporter& reporter) {
  for_each_source(folder, [&](const Source& source) {
    if (source.is_read()) return;
    const Error& error = source.document->error();
    if ((error.kind == ErrorKind::limit_exceeded) != limits) return;
    const document::Mark mark = mark_in(error.where);
    reporter.report(
        {source,
         {mark, mark},
         (limits ? "not checked: "
                 : "not readable as " + format_name(source.path()) +
                       ", so no loader can merge it: ") +
             error.what,
         limits ? "limit" : "unreadable",
         error.remedy,
         false,
         {}});
  });
}

}  // namespace

void check_unreadable(const Subject& subject, Reporter& reporter) {
  report_errors(subject.folder, false, reporter);
}

void check_limits(const Subject& subject, Reporter& reporter) {
  report_errors(subject.folder, true, reporter);
}

}  // namespace sluice::config
