// Who brought a blob, told from an index of all trees: the same as from reading them, on any number of threads.

#include "source/tree_index.h"

#include <algorithm>

#include "git/object.h"
#include "git/repository.h"
#include "git/walk.h"
#include "pack/walk_plan.h"
#include "source/item.h"
#include "source/object_numbers.h"
#include "support/git_repository.h"

namespace sluice::source {
namespace {

using sluice::testing::GitRepository;

// Reads trees; nothing may go wrong.
class Reading final : public pack::WalkVisitor {
 public:
  explicit Reading(TreeIndex::Reader& reader) : reader_(reader) {}

  std::shared_ptr<const pack::Memory> object(const pack::WalkedObject& object) override {
    auto memory = reader_.read(object);
    EXPECT_TRUE(memory);
    return memory ? *memory : nullptr;
  }
  void problem(const pack::ObjectId*, const Error& error) override { ADD_FAILURE() << error.what; }

 private:
  TreeIndex::Reader& reader_;
};

// More commits than one thread is worth, in which a few contents come, go and come again at many paths.
std::string stream_of_many_commits() {
  std::string stream;
  for (unsigned i = 0; i < 6'500; ++i) {
    const std::string folder = "d" + std::to_string(i % 37) + "/e" + std::to_string(i / 400 % 5);
    const std::string text = "content " + std::to_string(i % 61 * (i < 5'000 ? 1 : 2));
    stream += "commit refs/heads/main\ncommitter A <a@example.com> " + std::to_string(1700000000 + i) +
              " +0000\ndata 1\nx\n";
    if (i % 97 == 96) stream += "D d" + std::to_string(i % 13) + "\n";
    stream += "M 100644 inline " + folder + "/f" + std::to_string(i % 7) + "\ndata " + std::to_string(text.size()) +
              "\n" + text + "\n";
  }
  return stream;
}

TEST(TreeIndex, SaysTheSameOnAnyNumberOfThreads) {
  const GitRepository made;
  made.git({"fast-import", "--quiet", "--force"}, stream_of_many_commits());
  made.git({"repack", "-adq"});
  const auto repository = git::Repository::open(made.path());
  ASSERT_TRUE(repository);
  std::vector<git::Oid> blobs;
  for (unsigned i = 0; i < 122; ++i) {
    const std::string text = "content " + std::to_string(i);
    const git::Oid blob = pack::hash_object(pack::HashAlgorithm::sha1, pack::ObjectKind::blob, text);
    if (git::has_object(*repository, blob)) blobs.push_back(blob);
  }
  ASSERT_GT(blobs.size(), 80U);
  const auto tip = git::Oid::from_hex(made.git({"rev-parse", "main"}).substr(0, 40));
  ASSERT_TRUE(tip);
  const auto commits = git::commits(*repository, {*tip}, {});
  ASSERT_TRUE(commits);
  ASSERT_EQ(commits->size(), 6'500U);
  const auto roots = git::commit_roots(*repository, *commits);
  ASSERT_TRUE(roots);

  const auto store = pack::ObjectStore::open(made.path() + "/.git/objects", {});
  ASSERT_TRUE(store);
  const ObjectNumbers numbers(*store);
  TreeIndex index(numbers, blobs);
  pack::WalkOptions options;
  options.kinds = {false, true, false, false};
  options.jobs = 2;
  ASSERT_TRUE(pack::walk(pack::WalkPlan(*store), options, [&](unsigned) {
    return std::make_unique<Reading>(index.add_reader({[](std::string_view) {}}));
  }));

  const auto expected = git::attribute(*repository, blobs, *roots);
  ASSERT_TRUE(expected);
  EXPECT_TRUE(expected->problems.empty());
  const git::AttributionResult alone = index.attribute(*roots, 1);
  for (const unsigned jobs : {1U, 2U, 3U, 7U}) {
    const git::AttributionResult told = index.attribute(*roots, jobs);
    EXPECT_TRUE(told.problems.empty());
    ASSERT_EQ(told.blobs.size(), expected->blobs.size());
    for (const auto& [blob, found] : expected->blobs) {
      EXPECT_EQ(told.blobs.at(blob).commit, found.commit) << jobs;
      EXPECT_EQ(told.blobs.at(blob).paths, alone.blobs.at(blob).paths) << jobs;
      std::vector<std::string> paths = found.paths;
      std::vector<std::string> told_paths = told.blobs.at(blob).paths;
      std::sort(paths.begin(), paths.end());
      std::sort(told_paths.begin(), told_paths.end());
      EXPECT_EQ(told_paths, paths) << jobs;
    }
  }
}

}  // namespace
}  // namespace sluice::source
