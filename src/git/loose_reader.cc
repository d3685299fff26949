#include "git/loose_reader.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <system_error>

#include "base/file.h"
#include "base/text.h"
#include "git/environment.h"

namespace sluice::git {
namespace {

constexpr int priority = 3;                 // before libgit2's own packs (2) and loose files (1)
constexpr int deepest_alternate = 5;        // as Git itself
constexpr std::size_t longest_header = 64;  // `commit <size>\0`, with room
constexpr std::size_t best_ratio = 1032;    // DEFLATE cannot do better (RFC 1951)

struct LooseReader {
  git_odb_backend backend;  // first, so that libgit2's pointer is ours
  std::vector<std::string> directories;
};

int corrupt(const char* why) {
  libgit2().error_set_str(GIT_ERROR_ZLIB, why);
  return GIT_ERROR;
}

// Inflates one zlib stream piece by piece.
class Inflater {
 public:
  explicit Inflater(const std::string& bytes) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), UINT32_MAX));
    left_ = bytes.size() - stream_.avail_in;
    ready_ = inflateInit(&stream_) == Z_OK;
  }
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Fills `out` as far as the stream goes; the number of bytes, or nothing when it is broken. A
  // stream that is cut short just ends: at_end() tells.
  std::optional<std::size_t> read(char* out, std::size_t size) {
    std::size_t done = 0;
    while (ready_ && !at_end_ && done < size) {
      if (stream_.avail_in == 0) refill();
      stream_.next_out = reinterpret_cast<Bytef*>(out + done);
      stream_.avail_out = static_cast<uInt>(std::min<std::size_t>(size - done, UINT32_MAX));
      const uInt before = stream_.avail_out;
      const int code = inflate(&stream_, Z_NO_FLUSH);
      done += before - stream_.avail_out;
      if (code == Z_STREAM_END) at_end_ = true;
      if (code == Z_BUF_ERROR && stream_.avail_in == 0 && left_ == 0) break;
      if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return std::nullopt;
    }
    return done;
  }

  // True once the stream's own end, checksum included, has been seen.
  bool at_end() {
    char beyond = 0;
    if (!at_end_) read(&beyond, 1);
    return at_end_;
  }

 private:
  void refill() {
    stream_.avail_in = static_cast<uInt>(std::min<std::size_t>(left_, UINT32_MAX));
    left_ -= stream_.avail_in;
  }

  z_stream stream_{};
  std::size_t left_ = 0;
  bool ready_ = false;
  bool at_end_ = false;
};

struct LooseHeader {
  git_object_t type = GIT_OBJECT_INVALID;
  std::size_t size = 0;
  std::size_t length = 0;  // of the header, its NUL included
};

// `<type> <size>\0` (gitformat-loose).
std::optional<LooseHeader> parse_header(std::string_view bytes) {
  const std::size_t end = bytes.find('\0');
  const std::size_t space = bytes.find(' ');
  if (end == std::string_view::npos || space >= end) return std::nullopt;
  LooseHeader header;
  header.length = end + 1;
  header.type = libgit2().object_string2type(std::string(bytes.substr(0, space)).c_str());
  if (header.type == GIT_OBJECT_INVALID) return std::nullopt;
  const char* const last = bytes.data() + end;
  const auto [stop, error] = std::from_chars(bytes.data() + space + 1, last, header.size);
  if (error != std::errc() || stop != last) return std::nullopt;
  return header;
}

std::string file_name(const std::string& directory, const std::string& hex) {
  return directory + "/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

// The file's bytes from the first directory that has it. GIT_ENOTFOUND when none does.
int load(const LooseReader& reader, const git_oid& id, std::string& bytes) {
  const std::string hex = from_libgit2(id).hex();
  for (const std::string& directory : reader.directories) {
    auto read = base::read_file(file_name(directory, hex));
    if (read) {
      bytes = std::move(*read);
      return 0;
    }
    if (read.error().kind == ErrorKind::not_found) continue;
    libgit2().error_set_str(GIT_ERROR_OS, to_string(read.error()).c_str());
    return GIT_ERROR;
  }
  return GIT_ENOTFOUND;
}

int read_header_of(const LooseReader& reader, const git_oid& id, LooseHeader& header) {
  std::string bytes;
  const int code = load(reader, id, bytes);
  if (code < 0) return code;
  char start[longest_header];
  const auto length = Inflater(bytes).read(start, sizeof start);
  const auto parsed = length ? parse_header({start, *length}) : std::nullopt;
  if (!parsed) return corrupt("malformed header of a loose object");
  header = *parsed;
  return 0;
}

int on_read_header(std::size_t* size, git_object_t* type, git_odb_backend* backend,
                   const git_oid* id) {
  LooseHeader header;
  const int code = read_header_of(*reinterpret_cast<LooseReader*>(backend), *id, header);
  *size = header.size;
  *type = header.type;
  return code;
}

int on_read(void** data, std::size_t* size, git_object_t* type, git_odb_backend* backend,
            const git_oid* id) {
  std::string bytes;
  const int code = load(*reinterpret_cast<LooseReader*>(backend), *id, bytes);
  if (code < 0) return code;
  Inflater inflater(bytes);
  char start[longest_header];
  const auto length = inflater.read(start, sizeof start);
  const auto header = length ? parse_header({start, *length}) : std::nullopt;
  if (!header) return corrupt("malformed header of a loose object");
  const std::size_t held = *length - header->length;
  if (header->size < held || header->size / best_ratio > bytes.size())
    return corrupt("the size of a loose object is wrong");
  char* out = static_cast<char*>(libgit2().odb_backend_data_alloc(backend, header->size + 1));
  if (out == nullptr) return GIT_ERROR;
  std::copy_n(start + header->length, held, out);
  const auto rest = inflater.read(out + held, header->size - held);
  if (!rest || held + *rest != header->size || !inflater.at_end()) {
    libgit2().odb_backend_data_free(backend, out);
    return corrupt("a loose object is cut short or damaged");
  }
  out[header->size] = '\0';  // as libgit2's own readers leave it
  *data = out;
  *size = header->size;
  *type = header->type;
  return 0;
}

// The only loose object whose name starts with `prefix`; GIT_EAMBIGUOUS when there are several.
int find_prefix(const LooseReader& reader, const std::string& prefix, git_oid& found) {
  std::optional<Oid> only;
  for (const std::string& directory : reader.directories) {
    std::error_code error;
    std::filesystem::directory_iterator entry(directory + "/" + prefix.substr(0, 2), error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      const std::string hex = prefix.substr(0, 2) + entry->path().filename().string();
      const auto id = Oid::from_hex(hex);
      if (!id || !hex.starts_with(prefix)) continue;
      if (only && *only != *id) return GIT_EAMBIGUOUS;
      only = id;
    }
  }
  if (!only) return GIT_ENOTFOUND;
  found = to_libgit2(*only);
  return 0;
}

int on_read_prefix(git_oid* found, void** data, std::size_t* size, git_object_t* type,
                   git_odb_backend* backend, const git_oid* start, std::size_t digits) {
  const auto& reader = *reinterpret_cast<LooseReader*>(backend);
  const std::string prefix = from_libgit2(*start).hex().substr(0, digits);
  const int code = prefix.size() < 2 ? GIT_EAMBIGUOUS : find_prefix(reader, prefix, *found);
  return code < 0 ? code : on_read(data, size, type, backend, found);
}

// Whether an object is there, and which there are, libgit2's own backend answers.
int on_exists(git_odb_backend*, const git_oid*) { return 0; }
int on_foreach(git_odb_backend*, git_odb_foreach_cb, void*) { return 0; }
void on_free(git_odb_backend* backend) { delete reinterpret_cast<LooseReader*>(backend); }

// `directory` and, breadth first, what its info/alternates name: a path a line, `#` a comment,
// relative ones from the directory itself (gitrepository-layout).
Status collect(const std::string& start, std::vector<std::string>& directories) {
  std::vector<std::string> level{start};
  for (int depth = 0; depth <= deepest_alternate && !level.empty(); ++depth) {
    std::vector<std::string> next;
    for (const std::string& directory : level) {
      if (std::find(directories.begin(), directories.end(), directory) != directories.end())
        continue;
      directories.push_back(directory);
      const auto text = base::read_file(directory + "/info/alternates");
      if (!text && text.error().kind == ErrorKind::not_found) continue;
      if (!text) return tl::unexpected<Error>(text.error());
      for (const std::string_view line : base::split(*text, '\n'))
        if (!line.empty() && line[0] != '#')
          next.push_back(absolute_path(std::string(line), directory));
    }
    level = std::move(next);
  }
  return {};
}

}  // namespace

Status add_loose_reader(git_odb* odb, const std::vector<std::string>& objects) {
  auto reader = std::make_unique<LooseReader>();
  libgit2().odb_init_backend(&reader->backend, GIT_ODB_BACKEND_VERSION);
  reader->backend.read = on_read;
  reader->backend.read_header = on_read_header;
  reader->backend.read_prefix = on_read_prefix;
  reader->backend.exists = on_exists;
  reader->backend.foreach = on_foreach;
  reader->backend.free = on_free;
  for (const std::string& directory : objects) SLUICE_TRY(collect(directory, reader->directories));
  const int code = libgit2().odb_add_backend(odb, &reader->backend, priority);
  if (code < 0) return libgit2_failure(code, "cannot extend the object database");
  static_cast<void>(reader.release());  // the database frees it
  return {};
}

}  // namespace sluice::git
