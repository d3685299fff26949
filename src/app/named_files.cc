#include "app/named_files.h"

#include <filesystem>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "git/diff.h"
#include "git/index.h"
#include "git/object.h"
#include "source/directory.h"

namespace sluice::app {
namespace {

class NamedFiles {
 public:
  NamedFiles(const Session& session, source::ItemConsumer& consumer, Scope& scope)
      : session_(session), repository_(*session.repository()), consumer_(consumer), scope_(scope) {}

  Status scan(const std::vector<std::string>& paths) {
    SLUICE_TRY_ASSIGN(const git::Index index, git::read_index(repository_));
    for (const git::IndexEntry& entry : index.entries) tracked_.emplace(entry.path, &entry);
    SLUICE_TRY(note_staged());
    std::vector<std::string> untracked;
    for (const std::string& path : paths) {
      if (consumer_.interrupted()) return fail(ErrorKind::interrupted, "interrupted");
      const std::string name = name_in_repository(path);
      const auto found = tracked_.find(name);
      if (found == tracked_.end()) {
        untracked.push_back(path);
      } else if (staged_.count(name) == 0) {
        SLUICE_TRY(scan_entry(*found->second));
      }
    }
    if (untracked.empty()) return {};
    SLUICE_TRY_ASSIGN(const std::uint64_t files,
                      source::directory(untracked, session_.source_options(), consumer_));
    scope_.files += files;
    return {};
  }

 private:
  Status note_staged() {
    SLUICE_TRY_ASSIGN(const auto changes, git::staged_changes(repository_));
    for (const git::Change& change : changes) staged_.insert(change.path);
    return {};
  }

  std::string name_in_repository(const std::string& path) const {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(path, error).lexically_normal();
    return error ? path : absolute.lexically_relative(repository_.work_tree()).string();
  }

  Status scan_entry(const git::IndexEntry& entry) {
    if (entry.kind() == git::FileKind::submodule || entry.intent_to_add) return {};
    const auto header = git::read_header(repository_, entry.id());
    if (!header) return tl::unexpected<Error>(header.error());
    if (source::skip_when_large(session_.source_options(), header->size, std::string(entry.path), consumer_))
      return {};
    SLUICE_TRY_ASSIGN(const git::Object object,
                      git::read_object(repository_, entry.id(), git::ObjectKind::blob));
    source::Item item;
    item.bytes = object.bytes();
    item.origin.kind = OriginKind::blob;
    item.origin.object = entry.id().hex();
    item.paths = {std::string(entry.path)};
    consumer_.consume(item);
    ++scope_.files;
    return {};
  }

  const Session& session_;
  const git::Repository& repository_;
  source::ItemConsumer& consumer_;
  Scope& scope_;
  std::unordered_map<std::string, const git::IndexEntry*> tracked_;
  std::unordered_set<std::string> staged_;
};

}  // namespace

void add_named_files(const Session& session, std::vector<std::string> paths, Run& run) {
  run.scan = [&session, paths = std::move(paths), first = std::move(run.scan)](
                 source::ItemConsumer& consumer, Scope& scope) -> Status {
    if (first) SLUICE_TRY(first(consumer, scope));
    return NamedFiles(session, consumer, scope).scan(paths);
  };
}

}  // namespace sluice::app
