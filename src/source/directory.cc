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

struct File {
  std::string path;
  std::size_t root_size;  // Item's

  friend bool operator<(const File& a, const File& b) { return a.path < b.path; }
  friend bool operator==(const File& a, const File& b) { return a.path == b.path; }
};

// Below the working directory all of a path is about the tree that people think of. Elsewhere it is what lies below the
// folder given: a tree is not made of tests because it was unpacked in a folder of that name.
std::size_t root_size_of(const fs::path& root, bool is_folder) {
  std::error_code error;
  const auto plain = [](fs::path path) {
    path = path.lexically_normal();
    return path.has_filename() ? path : path.parent_path();
  };
  const fs::path given = plain(root);
  const fs::path relative = plain(fs::absolute(given, error)).lexically_relative(fs::current_path(error));
  const bool is_below = !relative.empty() && *relative.begin() != "..";
  if (is_below && relative != ".") return given.string().size() - relative.string().size();
  if (given == ".") return 0;
  return ((is_folder ? given : given.parent_path()) / "").string().size();
}

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
    root_size_ = root_size_of(path, fs::is_directory(status));
    if (fs::is_directory(status)) {
      list_below(path);
    } else {
      files_.push_back({path, root_size_});
    }
  }

  std::vector<File> take() {
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
      files_.push_back({entry.path().lexically_normal().string(), root_size_});
    }
  }

  void unreadable(const std::string& path, const std::string& why) {
    consumer_.problem({fmt::format("cannot read: {}", why), path,
                       "give a path that exists and may be read"});
  }

  ItemConsumer& consumer_;
  std::vector<File> files_;
  std::size_t root_size_ = 0;  // of the path that is being listed
};

// From here on to copy a file takes longer than to map it.
constexpr std::uintmax_t least_mapped = std::uintmax_t{8} << 20;

void yield_bytes(const File& file, std::string_view bytes, ItemConsumer& consumer) {
  Item item;
  item.bytes = bytes;
  item.origin.kind = OriginKind::file;
  item.paths = {file.path};
  item.root_size = file.root_size;
  consumer.consume(item);
}

Status yield_mapped(const File& file, ItemConsumer& consumer) {
  SLUICE_TRY_ASSIGN(const WatchedFile watched, WatchedFile::open(file.path));
  yield_bytes(file, watched.bytes(), consumer);
  return watched.verify();
}

void yield(const File& file, const SourceOptions& options, ItemConsumer& consumer) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file.path, error);
  if (!error && skip_when_large(options, size, file.path, consumer)) return;
  if (!error && size >= least_mapped) {
    const Status status = yield_mapped(file, consumer);
    if (!status) consumer.problem(to_problem(status.error()));
    return;
  }
  const auto bytes = base::read_file(file.path);
  return bytes ? yield_bytes(file, *bytes, consumer) : consumer.problem(to_problem(bytes.error()));
}

}  // namespace

Result<std::uint64_t> directory(const std::vector<std::string>& paths, const SourceOptions& options,
                                ItemConsumer& consumer) {
  Lister lister(consumer);
  for (const std::string& path : paths) lister.add_root(path);
  const std::vector<File> files = lister.take();
  const auto one = [&](std::size_t i) { yield(files[i], options, consumer); };
  SLUICE_TRY(for_each_index(files.size(), options.jobs, consumer, [&] { return one; }));
  return files.size();
}

}  // namespace sluice::source
