#include "base/mapping_guard.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <vector>

namespace sluice::base {
namespace {

constexpr std::size_t size = 1u << 20;

// A mapped file that can be cut short.
class Mapped {
 public:
  Mapped() : file_(std::tmpfile()) {
    EXPECT_EQ(::ftruncate(::fileno(file_), size), 0);
    at_ = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, ::fileno(file_), 0);
    EXPECT_NE(at_, MAP_FAILED);
  }
  ~Mapped() {
    ::munmap(at_, size);
    std::fclose(file_);
  }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;

  std::string_view bytes() const { return {static_cast<const char*>(at_), size}; }
  void write_at(off_t at, char byte) { EXPECT_EQ(::pwrite(::fileno(file_), &byte, 1, at), 1); }
  void cut(off_t to) { EXPECT_EQ(::ftruncate(::fileno(file_), to), 0); }

 private:
  std::FILE* file_;
  void* at_;
};

TEST(MappingGuard, ReadsWhatWasCutOffAsZeros) {
  Mapped file;
  file.write_at(10, 'a');
  file.write_at(size - 1, 'z');
  const MappingGuard guard(file.bytes());
  EXPECT_EQ(file.bytes()[size - 1], 'z');
  EXPECT_FALSE(guard.has_failed());
  file.cut(100);
  EXPECT_EQ(file.bytes()[10], 'a');
  EXPECT_FALSE(guard.has_failed());
  EXPECT_EQ(file.bytes()[size / 2 + 1], '\0');
  EXPECT_TRUE(guard.has_failed());
  EXPECT_EQ(file.bytes()[size - 1], '\0');
  EXPECT_EQ(file.bytes()[8192], '\0');
}

TEST(MappingGuard, TellsFilesApart) {
  Mapped one;
  Mapped other;
  const MappingGuard first(one.bytes());
  const MappingGuard second(other.bytes());
  other.cut(0);
  EXPECT_EQ(other.bytes()[0], '\0');
  EXPECT_FALSE(first.has_failed());
  EXPECT_TRUE(second.has_failed());
}

TEST(MappingGuard, LeavesOtherFilesToTheirFate) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");  // in a process that no guard was made in
  EXPECT_EXIT(
      {
        std::signal(SIGBUS, SIG_DFL);
        Mapped guarded;
        Mapped other;
        const MappingGuard guard(guarded.bytes());
        other.cut(0);
        std::putchar(other.bytes()[0]);
      },
      testing::KilledBySignal(SIGBUS), "");
}

TEST(MappingGuard, SaysWhenThereAreTooMany) {
  Mapped file;
  std::vector<std::unique_ptr<MappingGuard>> guards;
  while (guards.empty() || guards.back()->is_active()) guards.push_back(std::make_unique<MappingGuard>(file.bytes()));
  EXPECT_GE(guards.size(), 1000u);
  guards.clear();
  EXPECT_TRUE(MappingGuard(file.bytes()).is_active());
}

}  // namespace
}  // namespace sluice::base
