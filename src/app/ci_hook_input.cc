#include "app/ci_hook_input.h"

#include <fmt/format.h>

#include "base/text.h"

namespace sluice::app {
namespace {

constexpr std::string_view deepen_here = "git fetch --unshallow";

using Words = std::vector<std::string>;

// Git puts single spaces between the words; a ref's name holds none, but a pre-push hook's local
// "ref" may be any revision: what is too much belongs to the first word.
Result<Words> words_of(std::string_view line, std::size_t count, const std::string& where) {
  Words words;
  while (words.size() + 1 < count) {
    const auto space = line.rfind(' ');
    if (space == std::string_view::npos) {
      return fail(ErrorKind::invalid_input, fmt::format("{} words expected", count), where,
                  "hand on what Git gives the hook, unchanged");
    }
    words.insert(words.begin(), std::string(line.substr(space + 1)));
    line = line.substr(0, space);
  }
  words.insert(words.begin(), std::string(line));
  return words;
}

Result<std::vector<Words>> lines_of(std::string_view text, std::size_t count) {
  std::vector<Words> lines;
  std::size_t number = 0;
  for (const std::string_view line : base::split(text, '\n')) {
    ++number;
    if (line.empty()) continue;
    SLUICE_TRY_ASSIGN(Words words, words_of(line, count, fmt::format("standard input:{}", number)));
    lines.push_back(std::move(words));
  }
  return lines;
}

// `push of main`, `push of main, tag v1 and 3 more`.
std::string title_of(const std::string& verb, const std::vector<RefUpdate>& updates) {
  constexpr std::size_t most_named = 3;
  std::string names;
  for (std::size_t i = 0; i < updates.size() && i < most_named; ++i) {
    names += (i == 0 ? "" : ", ") + short_ref(updates[i].ref);
  }
  if (updates.size() > most_named)
    names += fmt::format(" and {} more", updates.size() - most_named);
  return verb + names;
}

}  // namespace

Result<CiEvent> read_pre_push(std::string_view text, const std::string& remote) {
  SLUICE_TRY_ASSIGN(const auto lines, lines_of(text, 4));
  CiEvent event;
  event.known = Known::remote;
  event.remote = remote;
  event.deepen = deepen_here;
  if (lines.empty()) {
    event.title = "push";
    event.reason = "Git named no ref to push";
    return event;
  }
  event.kind = CiEvent::Kind::updates;
  for (const Words& words : lines) {
    const std::string where = "standard input: " + words[2];
    SLUICE_TRY_ASSIGN(std::string local, object_name(words[1], where));
    SLUICE_TRY_ASSIGN(std::string there, object_name(words[3], where));
    event.updates.push_back({words[2], std::move(there), std::move(local)});
  }
  event.title = title_of("push of ", event.updates);
  return event;
}

Result<CiEvent> read_pre_receive(std::string_view text) {
  SLUICE_TRY_ASSIGN(const auto lines, lines_of(text, 3));
  if (lines.empty()) {
    return fail(ErrorKind::invalid_input, "no ref was named", "standard input",
                "a pre-receive hook is given '<old> <new> <ref>' lines: hand them on");
  }
  CiEvent event;
  event.kind = CiEvent::Kind::updates;
  event.known = Known::all_refs;
  event.deepen = deepen_here;
  for (const Words& words : lines) {
    const std::string where = "standard input: " + words[2];
    SLUICE_TRY_ASSIGN(std::string old_name, object_name(words[0], where));
    SLUICE_TRY_ASSIGN(std::string new_name, object_name(words[1], where));
    event.updates.push_back({words[2], std::move(old_name), std::move(new_name)});
  }
  event.title = title_of("push of ", event.updates);
  return event;
}

bool is_run_by_pre_commit(const Environment& environment) {
  return variable(environment, "PRE_COMMIT") == "1";
}

bool names_pre_commit_range(const Environment& environment) {
  return is_run_by_pre_commit(environment) &&
         !variable(environment, "PRE_COMMIT_FROM_REF").empty() &&
         !variable(environment, "PRE_COMMIT_TO_REF").empty();
}

Result<CiEvent> read_pre_commit(const Environment& environment) {
  CiEvent event;
  event.known = Known::remote;
  event.remote = variable(environment, "PRE_COMMIT_REMOTE_NAME");
  event.deepen = deepen_here;
  const std::string there = variable(environment, "PRE_COMMIT_REMOTE_BRANCH");
  if (names_pre_commit_range(environment)) {
    event.kind = CiEvent::Kind::updates;
    event.updates.push_back({there, variable(environment, "PRE_COMMIT_FROM_REF"),
                             variable(environment, "PRE_COMMIT_TO_REF")});
    event.title = there.empty() ? "pre-commit's range" : title_of("push of ", event.updates);
    return event;
  }
  const std::string local = variable(environment, "PRE_COMMIT_LOCAL_BRANCH");
  if (!event.remote.empty() && !local.empty()) {
    // A branch that shares no commit with the remote: pre-commit names no range.
    event.kind = CiEvent::Kind::updates;
    event.updates.push_back({there, "", local});
    event.title = title_of("push of ", event.updates);
    return event;
  }
  event.kind = CiEvent::Kind::whole_history;
  event.title = "pre-commit without a range";
  return event;
}

}  // namespace sluice::app
