// How fast a history could be searched at best: a yardstick for the audit, not a part of it.
//
//   yardstick REPOSITORY KEYWORDS [THREADS]
//
// Maps each pack, links every delta to its base and walks that forest depth first, so that each entry
// is inflated once. Of blobs it matches the literals of file KEYWORDS (any case, one a line) against
// what a delta inserted, and 256 bytes around it. It proves nothing, judges nothing, trusts the packs,
// and leaves out loose objects: what an audit takes longer is the price of rules, exactness, names.

#include <fcntl.h>
#include <hs/hs.h>
#include <libdeflate.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint32_t none = ~std::uint32_t{0};
constexpr std::size_t window = 256;   // bytes searched on either side of what was inserted
constexpr std::size_t names_at = 8 + 256 * 4;
constexpr std::size_t name_length = 20;

enum EntryType : std::uint8_t { blob = 3, offset_delta = 6, name_delta = 7 };

[[noreturn]] void give_up(const char* why) {
  std::fprintf(stderr, "yardstick: %s\n", why);
  std::exit(2);
}

const std::uint8_t* map(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info {};
  if (file < 0 || ::fstat(file, &info) != 0) give_up("a file cannot be opened");
  void* const bytes =
      ::mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED) give_up("a file cannot be mapped");
  ::close(file);
  return static_cast<const std::uint8_t*>(bytes);
}

std::uint32_t read32(const std::uint8_t* at) {
  return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | at[3];
}

std::uint64_t read_varint(const std::uint8_t*& at) {
  std::uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    value |= std::uint64_t{*at & 127u} << shift;
    if ((*at++ & 128) == 0) return value;
  }
}

class Literals {
 public:
  explicit Literals(const char* path) {
    std::ifstream file(path);
    std::vector<std::string> words;
    for (std::string word; std::getline(file, word);) {
      if (!word.empty()) words.push_back(word);
    }
    std::vector<const char*> texts;
    std::vector<unsigned> flags(words.size(), HS_FLAG_CASELESS);
    std::vector<unsigned> numbers(words.size());
    std::vector<std::size_t> lengths;
    for (const std::string& word : words) {
      numbers[texts.size()] = static_cast<unsigned>(texts.size());
      texts.push_back(word.c_str());
      lengths.push_back(word.size());
    }
    hs_compile_error_t* error = nullptr;
    if (hs_compile_lit_multi(texts.data(), flags.data(), numbers.data(), lengths.data(),
                             static_cast<unsigned>(words.size()), HS_MODE_BLOCK, nullptr,
                             &database_, &error) != HS_SUCCESS) {
      give_up("the keywords cannot be compiled");
    }
  }
  Literals(const Literals&) = delete;
  Literals& operator=(const Literals&) = delete;

  hs_scratch_t* scratch() const {
    hs_scratch_t* made = nullptr;
    if (hs_alloc_scratch(database_, &made) != HS_SUCCESS) give_up("out of memory");
    return made;
  }

  std::uint64_t count(const std::uint8_t* begin, std::size_t size, hs_scratch_t* scratch) const {
    std::uint64_t hits = 0;
    const auto on_match = [](unsigned, unsigned long long, unsigned long long, unsigned, void* sum) {
      ++*static_cast<std::uint64_t*>(sum);
      return 0;
    };
    hs_scan(database_, reinterpret_cast<const char*>(begin), static_cast<unsigned>(size), 0, scratch,
            on_match, &hits);
    return hits;
  }

 private:
  hs_database_t* database_ = nullptr;
};

struct Entry {
  std::uint64_t data = 0;  // where its zlib stream starts
  std::uint32_t size = 0;  // inflated
  std::uint32_t child = none;
  std::uint32_t sibling = none;
  std::uint8_t type = 0;
};

// A pack's entries in the order of their offsets, each leading to its deltas.
class Pack {
 public:
  explicit Pack(const std::string& stem) : bytes_(map(stem + ".pack")), index_(map(stem + ".idx")) {
    if (read32(index_) != 0xff744f63) give_up("only index version 2 is read");
    count_ = read32(index_ + names_at - 4);
    sort();
    entries_.resize(count_);
    std::vector<std::uint32_t> bases(count_, none);
    for (std::uint32_t i = 0; i < count_; ++i) bases[i] = read_header(i);
    for (std::uint32_t i = count_; i-- > 0;) {
      if (bases[i] == none) continue;
      entries_[i].sibling = entries_[bases[i]].child;
      entries_[bases[i]].child = i;
    }
    for (std::uint32_t i = 0; i < count_; ++i) {
      if (bases[i] == none) roots_.push_back(i);
    }
  }

  const std::uint8_t* bytes() const { return bytes_; }
  const Entry& operator[](std::uint32_t number) const { return entries_[number]; }
  const std::vector<std::uint32_t>& roots() const { return roots_; }

 private:
  std::uint64_t offset_of(std::uint32_t position) const {
    const std::uint8_t* const offsets =
        index_ + names_at + std::size_t{count_} * (name_length + 4);
    const std::uint32_t offset = read32(offsets + std::size_t{position} * 4);
    if ((offset >> 31) == 0) return offset;
    const std::uint8_t* const large =
        offsets + std::size_t{count_} * 4 + std::size_t{offset & 0x7fffffff} * 8;
    return std::uint64_t{read32(large)} << 32 | read32(large + 4);
  }

  void sort() {
    order_.resize(count_);
    for (std::uint32_t i = 0; i < count_; ++i) order_[i] = {offset_of(i), i};
    std::sort(order_.begin(), order_.end());
  }

  std::uint32_t entry_at(std::uint64_t offset) const {
    const auto found = std::lower_bound(order_.begin(), order_.end(), std::pair(offset, 0u));
    return static_cast<std::uint32_t>(found - order_.begin());
  }

  std::uint32_t entry_named(const std::uint8_t* name) {
    if (entry_of_position_.empty()) {
      entry_of_position_.resize(count_);
      for (std::uint32_t i = 0; i < count_; ++i) entry_of_position_[order_[i].second] = i;
    }
    const std::uint8_t* const names = index_ + names_at;
    std::uint32_t low = name[0] == 0 ? 0 : read32(index_ + 8 + (name[0] - 1) * 4);
    std::uint32_t high = read32(index_ + 8 + name[0] * 4);
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      const int order = std::memcmp(names + std::size_t{middle} * name_length, name, name_length);
      if (order == 0) return entry_of_position_[middle];
      (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
    }
    give_up("a base is not in its pack");
  }

  // Fills entry `number`; gives its base, or none.
  std::uint32_t read_header(std::uint32_t number) {
    const std::uint64_t offset = order_[number].first;
    const std::uint8_t* at = bytes_ + offset;
    Entry& entry = entries_[number];
    std::uint8_t byte = *at++;
    entry.type = byte >> 4 & 7;
    std::uint64_t size = byte & 15;
    for (unsigned shift = 4; (byte & 128) != 0; shift += 7) {
      byte = *at++;
      size |= std::uint64_t{byte & 127u} << shift;
    }
    entry.size = static_cast<std::uint32_t>(size);
    std::uint32_t base = none;
    if (entry.type == offset_delta) {
      std::uint64_t distance = *at & 127;
      while ((*at++ & 128) != 0) distance = (distance + 1) << 7 | (*at & 127);
      base = entry_at(offset - distance);
    } else if (entry.type == name_delta) {
      base = entry_named(at);
      at += name_length;
    }
    entry.data = static_cast<std::uint64_t>(at - bytes_);
    return base;
  }

  const std::uint8_t* bytes_;
  const std::uint8_t* index_;
  std::uint32_t count_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order_;  // offset, position in the index
  std::vector<std::uint32_t> entry_of_position_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> roots_;
};

struct Sums {
  std::uint64_t blobs = 0, bytes = 0, searched = 0, hits = 0;
};

// One thread's walk.
class Walker {
 public:
  Walker(const Pack& pack, const Literals& literals)
      : pack_(pack), literals_(literals), scratch_(literals.scratch()) {}
  ~Walker() {
    hs_free_scratch(scratch_);
    libdeflate_free_decompressor(inflater_);
  }
  Walker(const Walker&) = delete;
  Walker& operator=(const Walker&) = delete;

  const Sums& sums() const { return sums_; }

  void walk(std::uint32_t root) {
    const Entry& entry = pack_[root];
    is_blob_ = entry.type == blob;
    Bytes content = take(entry.size);
    inflate(entry, content.data());
    if (is_blob_) {
      count_blob(content.size());
      search(content.data(), 0, content.size());
    }
    path_.push_back({std::move(content), entry.child});
    while (!path_.empty()) step();
  }

 private:
  struct Frame {
    Bytes content;
    std::uint32_t next;
  };
  using Ranges = std::vector<std::pair<std::size_t, std::size_t>>;

  void step() {
    Frame& base = path_.back();
    if (base.next == none) {
      spare_.push_back(std::move(base.content));
      path_.pop_back();
      return;
    }
    const Entry& entry = pack_[base.next];
    base.next = entry.sibling;
    Bytes content = apply(entry, base.content);
    if (is_blob_) {
      count_blob(content.size());
      search_fresh(content);
    }
    if (entry.child == none) {
      spare_.push_back(std::move(content));
    } else {
      path_.push_back({std::move(content), entry.child});
    }
  }

  Bytes take(std::size_t size) {
    Bytes bytes;
    if (!spare_.empty()) {
      bytes = std::move(spare_.back());
      spare_.pop_back();
    }
    bytes.resize(size);
    return bytes;
  }

  void inflate(const Entry& entry, std::uint8_t* out) {
    std::size_t read = 0;
    if (libdeflate_zlib_decompress_ex(inflater_, pack_.bytes() + entry.data, std::size_t{1} << 32,
                                      out, entry.size, nullptr, &read) != LIBDEFLATE_SUCCESS) {
      give_up("an entry cannot be inflated");
    }
  }

  // Notes in copied_ what came from the base; copies that continue each other are one.
  Bytes apply(const Entry& entry, const Bytes& base) {
    delta_.resize(entry.size);
    inflate(entry, delta_.data());
    const std::uint8_t* at = delta_.data();
    const std::uint8_t* const end = at + entry.size;
    if (read_varint(at) != base.size()) give_up("a delta is against something else");
    Bytes content = take(read_varint(at));
    copied_.clear();
    std::size_t written = 0;
    std::size_t expected = 0;
    while (at < end) {
      const std::uint8_t op = *at++;
      if ((op & 128) == 0) {
        std::memcpy(content.data() + written, at, op);
        at += op;
        written += op;
        continue;
      }
      const auto [from, size] = read_copy(op, at);
      if (!copied_.empty() && copied_.back().second == written && expected == from) {
        copied_.back().second = written + size;
      } else {
        copied_.emplace_back(written, written + size);
      }
      expected = from + size;
      std::memcpy(content.data() + written, base.data() + from, size);
      written += size;
    }
    return content;
  }

  static std::pair<std::size_t, std::size_t> read_copy(std::uint8_t op, const std::uint8_t*& at) {
    std::size_t from = 0;
    std::size_t size = 0;
    for (unsigned i = 0; i < 4; ++i) {
      if ((op >> i & 1) != 0) from |= std::size_t{*at++} << (8 * i);
    }
    for (unsigned i = 0; i < 3; ++i) {
      if ((op >> (4 + i) & 1) != 0) size |= std::size_t{*at++} << (8 * i);
    }
    return {from, size == 0 ? 0x10000 : size};
  }

  // All but the insides of what was copied.
  void search_fresh(const Bytes& content) {
    std::size_t from = 0;
    for (const auto& [begin, end] : copied_) {
      const std::size_t inner_begin = begin == 0 ? 0 : begin + window;
      const std::size_t inner_end = end == content.size() ? end : end - std::min(end, window);
      if (inner_begin >= inner_end) continue;
      if (inner_begin > from) search(content.data(), from, inner_begin);
      from = inner_end;
    }
    if (from < content.size()) search(content.data(), from, content.size());
  }

  void search(const std::uint8_t* content, std::size_t begin, std::size_t end) {
    sums_.searched += end - begin;
    sums_.hits += literals_.count(content + begin, end - begin, scratch_);
  }

  void count_blob(std::size_t size) {
    ++sums_.blobs;
    sums_.bytes += size;
  }

  const Pack& pack_;
  const Literals& literals_;
  hs_scratch_t* const scratch_;
  libdeflate_decompressor* const inflater_ = libdeflate_alloc_decompressor();
  bool is_blob_ = false;
  std::vector<Frame> path_;
  std::vector<Bytes> spare_;
  Bytes delta_;
  Ranges copied_;
  Sums sums_;
};

Sums walk(const Pack& pack, const Literals& literals, unsigned threads) {
  constexpr std::size_t run = 64;
  std::atomic<std::size_t> next = 0;
  std::vector<Sums> parts(threads);
  const auto work = [&](unsigned number) {
    Walker walker(pack, literals);
    const std::size_t count = pack.roots().size();
    for (std::size_t at = next.fetch_add(run); at < count; at = next.fetch_add(run)) {
      for (std::size_t i = at; i < std::min(at + run, count); ++i) walker.walk(pack.roots()[i]);
    }
    parts[number] = walker.sums();
  };
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < threads; ++i) workers.emplace_back(work, i);
  for (std::thread& worker : workers) worker.join();
  Sums sums;
  for (const Sums& part : parts) {
    sums.blobs += part.blobs;
    sums.bytes += part.bytes;
    sums.searched += part.searched;
    sums.hits += part.hits;
  }
  return sums;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) give_up("usage: yardstick REPOSITORY KEYWORDS [THREADS]");
  const auto begin = std::chrono::steady_clock::now();
  const unsigned threads = argc > 3 ? static_cast<unsigned>(std::atoi(argv[3]))
                                    : std::max(1u, std::thread::hardware_concurrency());
  const Literals literals(argv[2]);
  Sums all;
  namespace fs = std::filesystem;
  const fs::path top(argv[1]);
  const fs::path packs = (fs::exists(top / ".git") ? top / ".git" : top) / "objects" / "pack";
  for (const auto& file : fs::directory_iterator(packs)) {
    if (file.path().extension() != ".pack") continue;
    const Pack pack((file.path().parent_path() / file.path().stem()).string());
    const Sums sums = walk(pack, literals, std::max(1u, threads));
    all.blobs += sums.blobs;
    all.bytes += sums.bytes;
    all.searched += sums.searched;
    all.hits += sums.hits;
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%.3f s, %llu blobs, %.1f MB, %.1f MB searched, %llu hits\n", seconds,
              static_cast<unsigned long long>(all.blobs), static_cast<double>(all.bytes) / 1e6,
              static_cast<double>(all.searched) / 1e6, static_cast<unsigned long long>(all.hits));
}
