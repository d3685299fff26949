// Packs with right checksums and wrong entries: each object is visited, or it is a problem.

#include "pack/collect.h"
#include "pack/object_reader.h"
#include "pack/pack_writer.h"

namespace sluice::pack {
namespace {

using namespace sluice::pack::testing;

std::string name_of(const std::string& blob) {
  return hash_object(HashAlgorithm::sha1, ObjectKind::blob, blob).hex();
}

class Hostile : public ::testing::Test {
 protected:
  Walked walk_all(const WalkOptions& options = {}) const {
    return collect(directory.path(), options);
  }

  // Writes the pack, and expects `content`'s object alone to be a problem that says `what`.
  void expect_problem(const std::string& content, const std::string& what) const {
    writer.write(directory.path());
    const Walked walked = walk_all();
    EXPECT_EQ(walked.problems.size(), 1U);
    ASSERT_EQ(walked.problems.count(name_of(content)), 1U);
    const Error& error = walked.problems.at(name_of(content));
    EXPECT_NE(error.what.find(what), std::string::npos) << error.what;
    EXPECT_FALSE(error.where.empty());
    expect_reader_fails(content);
  }

  void expect_reader_fails(const std::string& content) const {
    const auto store = ObjectStore::open(directory.path(), {});
    ASSERT_TRUE(store);
    ObjectReader reader(*store);
    EXPECT_FALSE(reader.read(*ObjectId::from_hex(HashAlgorithm::sha1, name_of(content))));
  }

  sluice::testing::TemporaryDirectory directory;
  PackWriter writer;
};

TEST_F(Hostile, TheWriterWritesWhatGitReads) {
  const std::uint64_t base = writer.add_blob("base");
  writer.add_delta("child", base, 4);
  writer.add_delta("other", "child");
  sluice::testing::GitRepository repository;
  writer.write(repository.path() + "/.git/objects");
  EXPECT_EQ(repository.git({"verify-pack", ".git/objects/pack/pack-test.idx"}), "");
  EXPECT_TRUE(collect(repository.path() + "/.git/objects").objects ==
              git_objects(repository.path()));
}

TEST_F(Hostile, DeltasThatFormALoop) {
  writer.add_blob("good");
  writer.add_delta("one", "two");
  writer.add_delta("two", "one");
  writer.add_delta("self", "self");
  writer.add_delta("below", "one");
  writer.write(directory.path());
  const Walked walked = walk_all();
  EXPECT_EQ(walked.objects.size(), 1U);
  EXPECT_EQ(walked.problems.size(), 4U);
  for (const char* name : {"one", "two", "self", "below"}) expect_reader_fails(name);
}

TEST_F(Hostile, AbsentBase) {
  writer.add_blob("good");
  writer.add_delta("orphan", "nowhere");
  expect_problem("orphan", "absent");
}

TEST_F(Hostile, BaseInAnotherPackOrLoose) {
  sluice::testing::GitRepository repository;
  repository.write("loose", "loose base");
  repository.git({"add", "loose"});
  const std::string objects = repository.path() + "/.git/objects";
  PackWriter bases;
  bases.add_blob("packed base");
  bases.write(objects, "pack-bases");
  writer.add_delta("of loose", "loose base");
  writer.add_delta("of packed", "packed base");
  writer.add_delta("grandchild", "of packed");
  writer.write(objects);
  const Walked walked = collect(objects);
  EXPECT_TRUE(walked.problems.empty());
  EXPECT_EQ(walked.objects.size(), 5U);
  EXPECT_EQ(walked.objects.at(name_of("grandchild")).bytes, "grandchild");
  EXPECT_EQ(walked.objects.at(name_of("of loose")).bytes, "of loose");
}

TEST_F(Hostile, PacksWhoseDeltasNeedEachOther) {
  writer.add_delta("a", "b");
  writer.write(directory.path());
  PackWriter other;
  other.add_delta("b", "a");
  other.write(directory.path(), "pack-other");
  const Walked walked = walk_all();
  EXPECT_TRUE(walked.objects.empty());
  EXPECT_EQ(walked.problems.size(), 2U);
}

TEST_F(Hostile, BaseBetweenEntries) {
  const std::uint64_t base = writer.add_blob("some base or other");
  writer.add_delta("child", base + 1, 18);
  expect_problem("child", "none of the pack's entries");
}

TEST_F(Hostile, BaseBeforeThePack) {
  writer.add_blob("good");
  const std::string delta = inserting_delta(4, "child");
  writer.add("child", entry_header(6, delta.size()) + distance_bytes(100'000) + deflate(delta));
  expect_problem("child", "does not lie before it");
}

TEST_F(Hostile, SizesThatLie) {
  writer.add("short", entry_header(3, 4) + deflate("short"));
  expect_problem("short", "lies about its size");
}

TEST_F(Hostile, SizesThatLieUpwards) {
  writer.add("long", entry_header(3, 5) + deflate("long"));
  expect_problem("long", "lies about its size");
}

TEST_F(Hostile, SizesThatAskForTooMuch) {
  writer.add("huge", entry_header(3, std::uint64_t{1} << 30) + deflate("huge"));
  expect_problem("huge", "lies about its size");
}

TEST_F(Hostile, SizesBeyondSixtyFourBits) {
  writer.add("wide",
             std::string("\xbf\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 11) + deflate("wide"));
  expect_problem("wide", "too great");
}

TEST_F(Hostile, UnknownTypes) {
  writer.add("type", entry_header(5, 4) + deflate("type"));
  expect_problem("type", "unknown type 5");
}

TEST_F(Hostile, DamagedStream) {
  std::string stream = deflate("some content that is long enough to be flipped in");
  stream[stream.size() - 1] = static_cast<char>(stream.back() ^ 1);  // of its Adler-32
  writer.add("damaged", entry_header(3, 49) + stream);
  expect_problem("damaged", "damaged");
}

TEST_F(Hostile, DeltaForAnotherBase) {
  const std::uint64_t base = writer.add_blob("base");
  writer.add_delta("child", base, 5);
  expect_problem("child", "another size");
}

TEST_F(Hostile, DescendantsOfADamagedObject) {
  const std::uint64_t bad = writer.add("bad", entry_header(3, 4) + deflate("bad"));
  const std::uint64_t child = writer.add_delta("child", bad, 3);
  writer.add_delta("grandchild", child, 5);
  writer.add_blob("good");
  writer.write(directory.path());
  const Walked walked = walk_all();
  EXPECT_EQ(walked.objects.size(), 1U);
  EXPECT_EQ(walked.problems.size(), 3U);
}

TEST_F(Hostile, DamagedObjectWithACopyElsewhere) {
  const std::uint64_t bad = writer.add("bad", entry_header(3, 4) + deflate("bad"));
  writer.add_delta("child", bad, 3);
  writer.write(directory.path(), "pack-a");
  PackWriter other;
  other.add_blob("bad");
  other.write(directory.path(), "pack-b");
  const Walked walked = walk_all();
  EXPECT_TRUE(walked.problems.empty());
  EXPECT_EQ(walked.objects.size(), 2U);
}

TEST_F(Hostile, WrongContentUnderAName) {
  writer.add("name", entry_header(3, 5) + deflate("other"));
  writer.write(directory.path());
  EXPECT_TRUE(walk_all().problems.empty());  // only its name could tell
  WalkOptions options;
  options.verify_names = true;
  EXPECT_EQ(walk_all(options).problems.size(), 1U);
  expect_reader_fails("name");
}

TEST_F(Hostile, DeltaThatMakesMoreThanTheLimit) {
  const std::uint64_t base = writer.add_blob(std::string(1 << 20, 'x'));
  const std::size_t copies = 4096;  // of a megabyte each
  std::string delta = delta_size(1 << 20) + delta_size(std::uint64_t{copies} << 20);
  for (std::size_t i = 0; i < copies; ++i) delta += std::string("\xc0\x10", 2);
  writer.add("bomb", entry_header(6, delta.size()) + distance_bytes(writer.next_offset() - base) +
                         deflate(delta));
  expect_problem("bomb", "more than the limit");
}

TEST_F(Hostile, LongChainsNeedNoStack) {
  std::uint64_t last = writer.add_blob("00000");
  constexpr unsigned depth = 50'000;
  for (unsigned i = 1; i <= depth; ++i) {
    std::string text = std::to_string(i);
    text.insert(0, 5 - text.size(), '0');
    last = writer.add_delta(text, last, 5);
  }
  writer.write(directory.path());
  const Walked walked = walk_all();
  EXPECT_EQ(walked.objects.size(), depth + 1);
  EXPECT_EQ(walked.objects.at(name_of("50000")).bytes, "50000");
  expect_reader_fails("50000");  // single reads follow no chain that long
}

}  // namespace
}  // namespace sluice::pack
