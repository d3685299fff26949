#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <random>
#include <string>

#include "secrets/dotenv.h"
#include "secrets/json_text.h"
#include "secrets/masker.h"
#include "secrets/secure_bytes.h"

namespace sluice::secrets {
namespace {

// Where the secret lies in this process's readable memory, apart from the page that `kept` is on.
// The needle is compared byte by byte against its complement, so that the search itself holds no
// copy.
std::size_t count_in_memory(const std::string& complement, const void* kept) {
  std::ifstream maps("/proc/self/maps");
  const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  std::size_t count = 0;
  for (std::string line; std::getline(maps, line);) {
    unsigned long start = 0;
    unsigned long end = 0;
    char mode[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &start, &end, mode) != 3 || mode[0] != 'r' ||
        mode[1] != 'w')
      continue;
    // Not what the sanitizer keeps for itself: terabytes of shadow.
    if (end - start > (std::size_t(1) << 26)) continue;
    void* const copy =
        ::mmap(nullptr, end - start, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const ssize_t got = ::pread(memory, copy, end - start, static_cast<off_t>(start));
    const auto* const bytes = static_cast<const unsigned char*>(copy);
    const auto* const past = bytes + std::max<ssize_t>(got, 0);
    const auto first = static_cast<unsigned char>(~complement.front());
    for (const auto* here = bytes; here < past; ++here) {
      here = static_cast<const unsigned char*>(
          std::memchr(here, first, static_cast<std::size_t>(past - here)));
      if (here == nullptr) break;
      std::size_t at = 0;
      while (at < complement.size() && here + at < past &&
             here[at] == static_cast<unsigned char>(~complement[at]))
        ++at;
      const auto place = start + static_cast<unsigned long>(here - bytes);
      if (at == complement.size() && reinterpret_cast<const void*>(place) != kept) ++count;
    }
    ::munmap(copy, end - start);
  }
  ::close(memory);
  return count;
}

// Random bytes whose complement is kept, written straight into secure memory.
SecureBytes draw(std::string& complement) {
  static std::mt19937_64 random(std::random_device{}());
  SecureBytes secret;
  for (int i = 0; i < 24; ++i) {
    const char c = "abcdefghijklmnopqrstuvwxyz0123456789"[random() % 36];
    secret.push_back(c);
    complement.push_back(static_cast<char>(~c));
  }
  return secret;
}

TEST(SecureBytes, TheSearchFindsWhatIsThere) {
  std::string complement;
  const SecureBytes secret = draw(complement);
  EXPECT_EQ(count_in_memory(complement, nullptr), 1u);
  EXPECT_EQ(count_in_memory(complement, secret.data()), 0u);
  const std::string copy(secret.begin(), secret.end());
  EXPECT_EQ(count_in_memory(complement, secret.data()), 1u);
}

TEST(SecureBytes, NothingIsLeftBehindByThoseWhoUseThem) {
  std::string complement;
  {
    const SecureBytes secret = draw(complement);
    SecureBytes text = secure_copy("A=\"");
    append(text, reveal(secret));
    append(text, "\"\n");
    const auto entries = parse_dotenv(reveal(text), ".env");
    ASSERT_TRUE(entries);
    SecureBytes json = secure_copy("{\"a\": \"");
    append(json, reveal(secret));
    append(json, "\"}");
    const auto member = json_member(reveal(json), "a");
    ASSERT_TRUE(member);
    EXPECT_TRUE(*member == secret && entries->front().value == secret);
    Masker masker({secret});
    SecureBytes out;
    masker.feed(reveal(text), out);
    masker.finish(out);
    EXPECT_EQ(reveal(out), "A=\"[masked]\"\n");
  }
  EXPECT_EQ(count_in_memory(complement, nullptr), 0u);
}

TEST(SecureBytes, AreLeftOutOfCoreDumps) {
  const SecureBytes secret = secure_copy("anything");
  std::ifstream maps("/proc/self/smaps");
  const auto at = reinterpret_cast<unsigned long>(secret.data());
  bool is_here = false;
  bool is_excluded = false;
  for (std::string line; std::getline(maps, line);) {
    unsigned long start = 0;
    unsigned long end = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &start, &end) == 2) is_here = start <= at && at < end;
    if (is_here && line.starts_with("VmFlags:"))
      is_excluded = line.find(" dd") != std::string::npos;
  }
  EXPECT_TRUE(is_excluded);
}

}  // namespace
}  // namespace sluice::secrets
