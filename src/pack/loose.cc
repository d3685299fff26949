#include "pack/loose.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>

#include "base/hash.h"
#include "pack/whole_file.h"

namespace sluice::pack {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_header = 32;  // "commit ", 20 digits and a zero byte: 28

struct LooseHeader {
  ObjectKind kind = ObjectKind::blob;
  std::uint64_t size = 0;  // of the content
  std::size_t length = 0;  // of the header
};

tl::unexpected<Error> corrupt(std::string what) {
  return fail(ErrorKind::corrupt, "the loose object " + std::move(what));
}

std::optional<ObjectKind> kind_named(std::string_view name) {
  for (const ObjectKind kind :
       {ObjectKind::commit, ObjectKind::tree, ObjectKind::blob, ObjectKind::tag}) {
    if (name == to_string(kind)) return kind;
  }
  return std::nullopt;
}

std::optional<LooseHeader> parse_header(std::string_view text) {
  text = text.substr(0, longest_header);
  const std::size_t end = text.find('\0');
  if (end == std::string_view::npos) return std::nullopt;
  const std::size_t space = text.substr(0, end).find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::optional<ObjectKind> kind = kind_named(text.substr(0, space));
  const std::string_view digits = text.substr(space + 1, end - space - 1);
  if (!kind || digits.empty() || (digits[0] == '0' && digits.size() > 1)) return std::nullopt;
  LooseHeader header{*kind, 0, end + 1};
  const auto [stop, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), header.size);
  if (error != std::errc() || stop != digits.data() + digits.size()) return std::nullopt;
  return header;
}

// The header that the stream `file` starts with: libdeflate inflates only as a whole, but fills
// what room it has, block by block, before it says that there is too little. That it does is not
// promised, so more room is tried until there is a header, and the header is believed only when
// inflating all with its size gives it again.
std::optional<LooseHeader> peek_header(std::string_view file, Inflater& inflater) {
  Buffer start;
  for (std::size_t room = 4096; can_inflate_to(file.size(), room / 32); room *= 32) {
    start.reset(room);
    std::memset(start.data(), 0xff, longest_header);
    std::size_t written = 0;
    const InflateOutcome outcome = inflater.at_most(file, start.data(), room, written);
    const auto header = parse_header(start.view());
    if (header || outcome != InflateOutcome::too_long) return header;
  }
  return std::nullopt;
}

}  // namespace

Result<ObjectHeader> peek_loose(std::string_view file, Inflater& inflater) {
  const std::optional<LooseHeader> header = peek_header(file, inflater);
  if (!header) return corrupt("is damaged: no header can be read");
  return ObjectHeader{header->kind, header->size};
}

Result<ObjectContent> parse_loose(std::string_view file, std::uint64_t limit, Inflater& inflater) {
  const std::optional<LooseHeader> header = peek_header(file, inflater);
  if (!header) return corrupt("is damaged: no header can be read");
  if (header->size > limit)
    return fail(ErrorKind::limit_exceeded,
                "the object has " + std::to_string(header->size) + " bytes, more than the limit");
  if (!can_inflate_to(file.size(), header->size)) return corrupt("lies about its size");
  const std::size_t size = header->length + static_cast<std::size_t>(header->size);
  Buffer whole;
  whole.reset(size);
  if (inflater.exactly(file, whole.data(), size) != InflateOutcome::ok)
    return corrupt("is damaged, or lies about its size");
  const std::optional<LooseHeader> again = parse_header(whole.view());
  if (!again || again->length != header->length || again->size != header->size)
    return corrupt("has a header that cannot be read");
  ObjectContent content{again->kind, {}};
  whole.remove_front(header->length);
  content.bytes = std::move(whole);
  return content;
}

std::string loose_path(const std::string& directory, const ObjectId& id) {
  const std::string hex = id.hex();
  return directory + "/" + hex.substr(0, 2) + "/" + hex.substr(2);
}

Result<ObjectContent> read_loose(const std::string& directory, const ObjectId& id,
                                 std::uint64_t limit, Inflater& inflater) {
  const std::string path = loose_path(directory, id);
  SLUICE_TRY_ASSIGN(const WholeFile file, WholeFile::open(path));
  Result<ObjectContent> content = parse_loose(file.bytes(), limit, inflater);
  if (!content) {
    content.error().where = path;
    return content;
  }
  if (hash_object(id.algorithm, content->kind, content->bytes.view()) != id)
    return fail(ErrorKind::corrupt, "the loose object's content does not match its name", path);
  return content;
}

std::optional<ObjectKind> loose_kind(const std::string& directory, const ObjectId& id,
                                     Inflater& inflater) {
  const auto file = WholeFile::open(loose_path(directory, id));
  if (!file) return std::nullopt;
  const std::optional<LooseHeader> header = peek_header(file->bytes(), inflater);
  if (!header) return std::nullopt;
  return header->kind;
}

Result<std::vector<ObjectId>> list_loose(const std::string& directory, HashAlgorithm algorithm) {
  std::vector<ObjectId> found;
  for (unsigned byte = 0; byte < 256; ++byte) {
    const char raw = static_cast<char>(byte);
    const std::string prefix = base::to_hex({&raw, 1});
    const std::string folder = (fs::path(directory) / prefix).string();
    std::error_code error;
    fs::directory_iterator entry(folder, error);
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory)
      continue;
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
      std::string name = prefix;
      name += entry->path().filename().string();
      if (const auto id = ObjectId::from_hex(algorithm, name)) found.push_back(*id);
    }
    if (error)
      return fail(error == std::errc::permission_denied ? ErrorKind::unreadable : ErrorKind::io,
                  "cannot list loose objects: " + error.message(), folder);
  }
  return found;
}

}  // namespace sluice::pack
