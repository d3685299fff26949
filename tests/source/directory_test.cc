#include "source/directory.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

namespace sluice::source {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "sluice.XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(const std::string& name, const std::string& content) const {
    std::string path = path_ + "/" + name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Consumer : ItemConsumer {
  std::shared_ptr<const Memory> consume(const Item& item) override {
    if (meanwhile) meanwhile();
    seen.emplace_back(item.bytes);
    within.push_back(item.paths[0].substr(item.root_size));
    return nullptr;
  }
  void problem(Problem one) override { problems.push_back(std::move(one)); }
  void skip(Skipped) override {}
  void progress(std::uint64_t, std::uint64_t) override {}
  bool interrupted() const override { return false; }

  std::function<void()> meanwhile;
  std::vector<std::string> seen;
  std::vector<std::string> within;  // paths below the root
  std::vector<Problem> problems;
};

constexpr std::size_t large = std::size_t{9} << 20;

TEST(Directory, YieldsSmallAndLargeFilesWhole) {
  const Folder folder;
  folder.write("a", "small");
  folder.write("b", std::string(large, 'x'));
  Consumer consumer;
  ASSERT_TRUE(directory({folder.path()}, {}, consumer));
  EXPECT_EQ(consumer.seen, (std::vector<std::string>{"small", std::string(large, 'x')}));
  EXPECT_TRUE(consumer.problems.empty());
}

TEST(Directory, TellsWhatOfAPathLeadsToTheTree) {
  const Folder folder;
  fs::create_directory(folder.path() + "/lib");
  const std::string file = folder.write("lib/a.py", "x");
  const auto within = [](const std::string& root) {
    Consumer consumer;
    EXPECT_TRUE(directory({root}, {}, consumer));
    return consumer.within.at(0);
  };
  const fs::path before = fs::current_path();
  EXPECT_EQ(within(folder.path()), "lib/a.py");
  EXPECT_EQ(within(folder.path() + "/lib/."), "a.py");
  EXPECT_EQ(within(file), "a.py");
  fs::current_path(folder.path());
  EXPECT_EQ(within("."), "lib/a.py");
  EXPECT_EQ(within("lib"), "lib/a.py");
  EXPECT_EQ(within(folder.path() + "/lib"), "lib/a.py");
  EXPECT_EQ(within("../" + fs::path(folder.path()).filename().string() + "/lib"), "lib/a.py");
  fs::current_path(before);
}

class CutTo : public testing::TestWithParam<std::size_t> {};

TEST_P(CutTo, IsAProblemAndNoCrash) {
  const Folder folder;
  const std::string path = folder.write("large", std::string(large, 'x'));
  folder.write("other", "read all the same");
  Consumer consumer;
  consumer.meanwhile = [&] { EXPECT_EQ(::truncate(path.c_str(), static_cast<off_t>(GetParam())), 0); };
  ASSERT_TRUE(directory({folder.path()}, {}, consumer));
  ASSERT_EQ(consumer.seen.size(), 2u);
  EXPECT_EQ(consumer.seen[0].size(), large);
  EXPECT_EQ(std::count(consumer.seen[0].begin(), consumer.seen[0].end(), 'x'), GetParam());
  EXPECT_EQ(consumer.seen[1], "read all the same");
  ASSERT_EQ(consumer.problems.size(), 1u);
  EXPECT_EQ(consumer.problems[0].where, path);
  EXPECT_NE(consumer.problems[0].what.find("cut short"), std::string::npos);
}

// To nothing, within a page, at a page's end, and within the last one, where no page is missing.
INSTANTIATE_TEST_SUITE_P(Sizes, CutTo, testing::Values(0, 100, 8192, large - 1));

TEST(Directory, DoesNotMindAFileThatGrows) {
  const Folder folder;
  const std::string path = folder.write("large", std::string(large, 'x'));
  Consumer consumer;
  consumer.meanwhile = [&] { std::ofstream(path, std::ios::app) << "more"; };
  ASSERT_TRUE(directory({path}, {}, consumer));
  EXPECT_EQ(consumer.seen[0], std::string(large, 'x'));
  EXPECT_TRUE(consumer.problems.empty());
}

}  // namespace
}  // namespace sluice::source
