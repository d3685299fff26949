#include "pack/whole_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "base/file.h"

namespace sluice::pack {
namespace {

class WholeFileTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string made(const std::string& bytes) const {
    const std::string path = folder_ + "/file";
    EXPECT_TRUE(base::write_file(path, bytes));
    return path;
  }

  std::string folder_ = [] {
    std::string name = ::testing::TempDir() + "whole_fileXXXXXX";
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    return name;
  }();
};

TEST_F(WholeFileTest, HasTheSameBytesWhateverItsSize) {
  for (const std::size_t size : {0u, 1u, 4096u, 65535u, 65536u, 65537u, 1u << 20}) {
    std::string bytes(size, 'a');
    for (std::size_t i = 0; i < size; i += 251) bytes[i] = static_cast<char>(i);
    const auto file = WholeFile::open(made(bytes));
    ASSERT_TRUE(file) << size;
    EXPECT_EQ(file->bytes(), bytes) << size;
  }
}

TEST_F(WholeFileTest, ToldByKindWhereThereIsNone) {
  const auto absent = WholeFile::open(folder_ + "/absent");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, ErrorKind::not_found);
  const auto folder = WholeFile::open(folder_);
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().kind, ErrorKind::corrupt);
  const std::string pipe = folder_ + "/pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto fifo = WholeFile::open(pipe);
  ASSERT_FALSE(fifo);
  EXPECT_EQ(fifo.error().kind, ErrorKind::corrupt);
}

}  // namespace
}  // namespace sluice::pack
