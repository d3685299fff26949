#include "app/kept_reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "app/digest.h"
#include "app/version.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "report/formats.h"
#include "report/reader.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view header = "sluice-kept-report/1";
constexpr std::string_view finished_ending = ".kept.json";
constexpr std::string_view unfinished_ending = ".unfinished.json";
constexpr std::size_t digest_digits = 32;

bool is_kept(std::string_view name) {
  return name.size() == digest_digits + finished_ending.size() && name.ends_with(finished_ending) &&
         name.find_first_not_of("0123456789abcdef") == digest_digits;
}

std::string first_line(std::string_view key, std::string_view report) {
  return fmt::format("{} {} {}", header, key,
                     base::to_hex(base::sha256(fmt::format("{}\n{}", key, report))));
}

struct KeptReport {
  std::string key;
  std::string text;
};

// Errors: as base::read_file; corrupt (the first line does not vouch for the rest).
Result<KeptReport> read_proven(const std::string& file) {
  SLUICE_TRY_ASSIGN(const std::string text, base::read_file(file));
  const std::string_view whole = text;
  const std::string_view line = whole.substr(0, whole.find('\n'));
  const auto words = base::split(line, ' ');
  if (line.size() == whole.size() || words.size() != 3 ||
      line != first_line(words[1], whole.substr(line.size() + 1)))
    return fail(ErrorKind::corrupt, "the kept report is damaged", file);
  return KeptReport{std::string(words[1]), std::string(whole.substr(line.size() + 1))};
}

}  // namespace

Result<KeptReports> KeptReports::open(std::string folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder, error))
    return fail(ErrorKind::io, "cannot make the folder for kept reports", folder,
                "name a folder that can be written");
  return KeptReports(fs::absolute(folder, error).string());
}

std::string KeptReports::file_of(const std::string& path, std::string_view ending) const {
  Digest digest;
  digest.add(path);
  return fmt::format("{}/{}{}", folder_, digest.hex(), ending);
}

std::vector<std::string> KeptReports::drop_damaged() const {
  std::vector<std::string> notes;
  std::error_code error;
  for (fs::directory_iterator entry(folder_, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (!is_kept(entry->path().filename().string())) continue;
    const std::string file = entry->path().string();
    const auto report = read_proven(file);
    if (report && report::read_report(report->text, file)) continue;
    std::error_code ignored;
    fs::remove(file, ignored);
    notes.push_back(
        fmt::format("{}: the kept report was damaged; its repository is audited again", file));
  }
  std::sort(notes.begin(), notes.end());
  return notes;
}

bool KeptReports::has(const std::string& path, const std::string& key) const {
  const auto report = read_proven(file_of(path, finished_ending));
  return report && report->key == key;
}

Status KeptReports::write(const std::string& path, const std::string& key,
                          const Audit& audit) const {
  report::RenderOptions render;
  render.tool_version = version;
  const std::string text = report::find_format("json")->render(audit, render);
  const bool is_finished = audit.problems.empty() && audit.exit_code != 2;
  return base::write_file(file_of(path, is_finished ? finished_ending : unfinished_ending),
                          first_line(key, text) + "\n" + text);
}

Result<Audit> KeptReports::read(const std::string& path) const {
  const std::string now = file_of(path, unfinished_ending);
  std::error_code error;
  const std::string file = fs::exists(now, error) ? now : file_of(path, finished_ending);
  SLUICE_TRY_ASSIGN(const KeptReport report, read_proven(file));
  SLUICE_TRY_ASSIGN(report::ReadReport read, report::read_report(report.text, file));
  return std::move(read.audit);
}

void KeptReports::forget_unfinished(const std::string& path) const {
  std::error_code ignored;
  fs::remove(file_of(path, unfinished_ending), ignored);
}

}  // namespace sluice::app
