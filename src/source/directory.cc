#include "source/directory.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "base/file.h"
#include "source/watched_file.h"
#include "source/workers.h"

namespace sluice::source {
namespace {

namespace fs = std::filesystem;

// Lists files with an explicit stack; the depth is what the file system allows.
class Lister {
 public:
  explicit Lister(ItemConsumer& consumer) : consumer_(consumer) {}

  void add_root(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error || status.type() == fs::file_type::not_found) {
      unreadable(path, error ? error.message() : "no such file or directory");
      return;
    }
    if (fs::is_directory(status)) {
      list_below(path);
    } else {
      files_.push_back(path);
    }
  }

  std::vector<std::string> take() {
    std::sort(files_.begin(), files_.end());
    files_.erase(std::unique(files_.begin(), files_.end()), files_.end());
    return std::move(files_);
  }

 private:
  void list_below(const std::string& root) {
    std::vector<fs::path> pending = {root};
    while (!pending.empty()) {
      const fs::path folder = std::move(pending.back());
      pending.pop_back();
      std::error_code error;
      fs::directory_iterator entry(folder, error);
      if (error) unreadable(folder.string(), error.message());
      for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        visit(*entry, pending);
      }
    }
  }

  void visit(const fs::directory_entry& entry, std::vector<fs::path>& pending) {
    std::error_code error;
    const fs::file_type type = entry.symlink_status(error).type();
    if (type == fs::file_type::directory) {
      if (entry.path().filename() != ".git") pending.push_back(entry.path());
    } else if (type == fs::file_type::regular && entry.path().filename() != ".git") {
      files_.push_back(entry.path().lexically_normal().string());
    }
  }

  void unreadable(const std::string& path, const std::string& why) {
    consumer_.problem({fmt::format("cannot read: {}", why), path,
                       "give a path that exists and may be read"});
  }

  ItemConsumer& consumer_;
  std::vector<std::string> files_;
};

// From here on to copy a file takes longer than to map it.
constexpr std::uintmax_t least_mapped = std::uintmax_t{8} << 20;

void yield_bytes(const std::string& path, std::string_view bytes, ItemConsumer& consumer) {
  Item item;
  item.bytes = bytes;
  item.origin.kind = OriginKind::file;
  item.paths = {path};
  consumer.consume(item);
}

Status yield_mapped(const std::string& path, ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const WatchedFile file, WatchedFile::open(path));
  yield_bytes(path, file.bytes(), consumer);
  return file.verify();
}

void yield(const std::string& path, const SourceOptions& options, ItemConsumer& consumer) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error && skip_when_large(options, size, path, consumer)) return;
  if (!error && size >= least_mapped) {
    const Status status = yield_mapped(path, consumer);
    if (!status) consumer.problem(to_problem(status.error()));
    return;
  }
  const auto bytes = base::read_file(path);
  return bytes ? yield_bytes(path, *bytes, consumer) : consumer.problem(to_problem(bytes.error()));
}

}  // namespace

Result<std::uint64_t> directory(const std::vector<std::string>& paths, const SourceOptions& options,
                                ItemConsumer& consumer) {
  Lister lister(consumer);
  for (const std::string& path : paths) lister.add_root(path);
  const std::vector<std::string> files = lister.take();
  const auto one = [&](std::size_t i) { yield(files[i], options, consumer); };
  SLUICE_TRY(for_each_index(files.size(), options.jobs, consumer, [&] { return one; }));
  return files.size();
}

}  // namespace sluice::source
