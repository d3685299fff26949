// Every way in which git lays out a repository's objects, held against `git cat-file`.

#include <atomic>
#include <random>
#include <stdexcept>

#include "pack/collect.h"
#include "pack/object_reader.h"

namespace sluice::pack {
namespace {

using namespace sluice::pack::testing;
using sluice::testing::GitRepository;
using sluice::testing::pieces;

// Commits to fast-import: `count` versions of three files, each line of which changes now and then.
std::string history(int count, unsigned seed, const std::string& branch = "main") {
  std::mt19937 random(seed);
  std::vector<std::vector<std::string>> files(3, std::vector<std::string>(200));
  for (auto& file : files)
    for (auto& line : file) line = "line " + std::to_string(random());
  std::string stream;
  for (int i = 0; i < count; ++i) {
    const std::string message = "change " + std::to_string(i);
    stream += "commit refs/heads/" + branch + "\ncommitter A <a@example.com> " +
              std::to_string(1700000000 + i) + " +0000\ndata " + std::to_string(message.size()) +
              "\n" + message + "\n";
    for (std::size_t f = 0; f < files.size(); ++f) {
      for (int edit = 0; edit < 3; ++edit)
        files[f][random() % files[f].size()] = "line " + std::to_string(random());
      std::string text;
      for (const auto& line : files[f]) text += line + "\n";
      stream += "M 100644 inline dir" + std::to_string(f) + "/file\ndata " +
                std::to_string(text.size()) + "\n" + text + "\n";
    }
  }
  return stream;
}

class Layout : public ::testing::Test {
 protected:
  void import(int count, unsigned seed = 1, const std::string& branch = "main") const {
    repository.git({"fast-import", "--quiet", "--force"}, history(count, seed, branch));
  }

  std::string objects_dir() const { return repository.path() + "/.git/objects"; }

  // Holds walks with one and with several threads, with and without hashing, against git.
  void expect_as_git(const StoreOptions& store_options = {}) const {
    const Objects expected = git_objects(repository.path());
    for (const unsigned jobs : {1U, 3U}) {
      WalkOptions options;
      options.jobs = jobs;
      options.verify_names = jobs == 1;
      const Walked walked = collect(objects_dir(), options, store_options);
      EXPECT_TRUE(walked.is_complete);
      EXPECT_TRUE(walked.problems.empty());
      EXPECT_TRUE(walked.store_problems.empty());
      EXPECT_TRUE(walked.objects == expected) << walked.objects.size() << " " << expected.size();
    }
    expect_reads_as_git(expected, store_options);
  }

  void expect_reads_as_git(const Objects& expected, const StoreOptions& store_options) const {
    const auto store = ObjectStore::open(objects_dir(), store_options);
    ASSERT_TRUE(store);
    EXPECT_EQ(WalkPlan(*store).object_count(), expected.size());
    ObjectReader reader(*store);
    for (const auto& [name, object] : expected) {
      const auto id = ObjectId::from_hex(store_options.algorithm, name);
      ASSERT_TRUE(id);
      EXPECT_TRUE(store->contains(*id));
      const auto content = reader.read(*id);
      ASSERT_TRUE(content) << to_string(content.error());
      EXPECT_EQ(to_string(content->kind), object.kind);
      EXPECT_TRUE(content->bytes.view() == object.bytes);
    }
  }

  GitRepository repository;
};

TEST_F(Layout, Empty) {
  const Walked walked = collect(objects_dir());
  EXPECT_TRUE(walked.is_complete);
  EXPECT_TRUE(walked.objects.empty());
  EXPECT_TRUE(walked.problems.empty());
  EXPECT_TRUE(walked.store_problems.empty());
}

TEST_F(Layout, LooseOnly) {
  repository.write("a", "alpha\n");
  repository.write("empty", "");
  repository.write("big", std::string(3'000'000, 'x'));
  repository.commit_all("first");
  repository.git({"tag", "-a", "-m", "a tag", "v1"});
  expect_as_git();
}

TEST_F(Layout, LooseUncompressed) {
  repository.git({"config", "core.compression", "0"});
  repository.write("small", "alpha\n");
  repository.write("big", std::string(300'000, 'x'));
  repository.commit_all("first");
  expect_as_git();
}

TEST_F(Layout, DeepAndWideDeltas) {
  import(300);
  repository.git({"repack", "-adfq", "--depth=50", "--window=50"});
  expect_as_git();
  repository.git({"repack", "-adfq", "--depth=250", "--window=250"});
  expect_as_git();
}

TEST_F(Layout, DeltasAgainstNames) {
  import(100);
  repository.git({"-c", "repack.usedeltabaseoffset=false", "repack", "-adfq"});
  expect_as_git();
}

TEST_F(Layout, IndexOfVersionOne) {
  import(100);
  repository.git({"-c", "pack.indexVersion=1", "repack", "-adfq"});
  expect_as_git();
}

TEST_F(Layout, LargeOffsets) {
  import(50);
  repository.git({"repack", "-adfq"});
  const std::string pack = pieces(repository.git({"rev-parse", "--git-path", "objects/pack"}))[0];
  for (const auto& entry : std::filesystem::directory_iterator(repository.path() + "/" + pack)) {
    if (entry.path().extension() != ".pack") continue;
    const std::string idx = std::filesystem::path(entry.path()).replace_extension(".idx");
    std::filesystem::remove(idx);
    // Offsets from 0x40 on are written as 64-bit ones.
    repository.git({"index-pack", "--index-version=2,0x40", "-o", idx, entry.path()});
  }
  expect_as_git();
}

TEST_F(Layout, SeveralPacksThatRepeatObjects) {
  import(60);
  repository.git({"repack", "-dq"});
  import(90, 2, "other");
  repository.git({"repack", "-dq"});
  const std::string all = repository.git({"rev-list", "--objects", "--no-object-names", "--all"});
  repository.git({"pack-objects", "-q", ".git/objects/pack/pack"}, all + "\n");
  repository.git({"pack-objects", "-q", "--window=0", ".git/objects/pack/pack"},
                 repository.head() + "\n");
  repository.write("loose", "left over\n");
  repository.commit_all("loose");
  expect_as_git();
}

TEST_F(Layout, LooseCopiesOfPackedObjects) {
  import(20);
  repository.git({"repack", "-adq"});
  repository.write("new", "new\n");
  repository.commit_all("new");
  repository.git({"repack", "-aq"});  // without -d, loose objects stay
  expect_as_git();
}

TEST_F(Layout, KeptAndCruftPacks) {
  import(40);
  repository.git({"repack", "-adq"});
  for (const auto& entry :
       std::filesystem::directory_iterator(repository.path() + "/.git/objects/pack"))
    if (entry.path().extension() == ".pack")
      sluice::testing::write_whole(std::filesystem::path(entry.path()).replace_extension(".keep"),
                                   "kept\n");
  import(40, 5, "gone");
  repository.git({"branch", "-D", "gone"});
  repository.git({"reflog", "expire", "--expire=now", "--all"});
  repository.git({"repack", "--cruft", "-dq"});
  expect_as_git();
}

TEST_F(Layout, MultiPackIndexIsNotNeeded) {
  import(30);
  repository.git({"repack", "-dq"});
  import(30, 3, "other");
  repository.git({"repack", "-dq"});
  repository.git({"multi-pack-index", "write"});
  expect_as_git();
}

TEST_F(Layout, BigBlobsAreNotDeltas) {
  repository.git({"config", "core.bigFileThreshold", "100k"});
  for (char c = 'a'; c < 'e'; ++c) {
    repository.write("big", std::string(2'000'000, c));
    repository.commit_all("big");
  }
  repository.git({"repack", "-adfq"});
  expect_as_git();
}

TEST_F(Layout, Alternates) {
  import(40);
  repository.git({"repack", "-adq"});
  const std::string clone = repository.directory() + "/clone";
  repository.git({"clone", "-q", "--shared", repository.path(), clone});
  sluice::testing::write_whole(clone + "/new", "new\n");
  sluice::testing::run_process({"git", "add", "new"}, clone);
  sluice::testing::run_process({"git", "commit", "-qm", "new"}, clone);
  const Walked walked = collect(clone + "/.git/objects");
  EXPECT_TRUE(walked.problems.empty());
  EXPECT_TRUE(walked.store_problems.empty());
  EXPECT_TRUE(walked.objects == git_objects(clone));
  EXPECT_GT(walked.objects.size(), git_objects(repository.path()).size());
}

TEST(LayoutOfSha256, LooseAndPacked) {
  GitRepository repository({"--object-format=sha256"});
  repository.git({"fast-import", "--quiet"}, history(60, 1));
  repository.git({"repack", "-adfq"});
  repository.write("loose", "left over\n");
  repository.commit_all("loose");
  StoreOptions options;
  options.algorithm = HashAlgorithm::sha256;
  const Walked walked = collect(repository.path() + "/.git/objects", {}, options);
  EXPECT_TRUE(walked.problems.empty());
  EXPECT_TRUE(walked.store_problems.empty());
  EXPECT_TRUE(walked.objects == git_objects(repository.path()));
}

TEST_F(Layout, OnlyTheKindsAskedFor) {
  import(50);
  repository.git({"repack", "-adfq"});
  repository.write("loose", "left over\n");
  repository.commit_all("loose");
  Objects blobs = git_objects(repository.path());
  std::erase_if(blobs, [](const auto& object) { return object.second.kind != "blob"; });
  WalkOptions options;
  options.kinds = {false, false, true, false};
  const auto store = ObjectStore::open(objects_dir(), {});
  ASSERT_TRUE(store);
  EXPECT_TRUE(collect(*store, options).objects == blobs);
}

TEST_F(Layout, ObjectsBeyondTheLimitAreProblems) {
  repository.write("small", "small\n");
  repository.write("big", std::string(100'000, 'x'));
  repository.commit_all("first");
  WalkOptions options;
  options.max_object_size = 50'000;
  for (int packed = 0; packed < 2; ++packed) {
    const Walked walked = collect(objects_dir(), options);
    ASSERT_EQ(walked.problems.size(), 1U);
    EXPECT_EQ(walked.problems.begin()->second.kind, ErrorKind::limit_exceeded);
    repository.git({"repack", "-adfq"});
  }
}

TEST_F(Layout, StopsWhenInterrupted) {
  import(100);
  repository.git({"repack", "-adfq"});
  std::atomic<int> asked = 0;
  WalkOptions options;
  options.jobs = 2;
  options.interrupted = [&] { return ++asked > 20; };
  const auto store = ObjectStore::open(objects_dir(), {});
  ASSERT_TRUE(store);
  const Walked walked = collect(*store, options);
  EXPECT_FALSE(walked.is_complete);
  EXPECT_LT(walked.objects.size(), 30U);
}

class Thrower final : public WalkVisitor {
 public:
  std::shared_ptr<const Memory> object(const WalkedObject&) override { throw std::runtime_error("enough"); }
  void problem(const ObjectId*, const Error&) override {}
};

TEST_F(Layout, PassesOnWhatAVisitorThrows) {
  import(100);
  repository.git({"repack", "-adfq"});
  const auto store = ObjectStore::open(objects_dir(), {});
  ASSERT_TRUE(store);
  WalkOptions options;
  options.jobs = 3;
  EXPECT_THROW(static_cast<void>(
                   walk(WalkPlan(*store), options, [](unsigned) { return std::make_unique<Thrower>(); })),
               std::runtime_error);
}

}  // namespace
}  // namespace sluice::pack
