// The parts of a walk: together they are the whole, no two of them share a blob, and each knows the past.

#include <algorithm>
#include <set>

#include "pack/collect.h"
#include "pack/pack_writer.h"

namespace sluice::pack {
namespace {

using namespace sluice::pack::testing;
using sluice::testing::GitRepository;
using sluice::testing::TemporaryDirectory;
using sluice::testing::write_whole;

struct Parts {
  Objects objects;
  std::map<std::string, Error> problems;
  std::size_t store_problems = 0;
  std::vector<std::uint64_t> bytes;  // visited by each part
  std::vector<std::map<std::string, std::string>> past;  // kinds of the commits, trees and tags that each part visited
};

class PartVisitor final : public WalkVisitor {
 public:
  PartVisitor(Parts& parts, std::mutex& lock) : parts_(parts), lock_(lock) {}

  std::shared_ptr<const Memory> object(const WalkedObject& object) override {
    const std::lock_guard guard(lock_);
    parts_.bytes.back() += object.bytes.size();
    const Object copy{std::string(to_string(object.kind)), std::string(object.bytes)};
    const std::string id = object.id.hex();
    if (object.kind == ObjectKind::blob) {
      EXPECT_TRUE(parts_.objects.emplace(id, copy).second) << "visited twice";
    } else {
      EXPECT_TRUE(parts_.past.back().emplace(id, copy.kind).second) << "visited twice";
      EXPECT_TRUE(parts_.objects.emplace(id, copy).first->second == copy);
    }
    return nullptr;
  }
  void problem(const ObjectId* id, const Error& error) override {
    const std::lock_guard guard(lock_);
    if (id == nullptr) {
      ++parts_.store_problems;
    } else {
      EXPECT_TRUE(parts_.problems.emplace(id->hex(), error).second) << "reported twice";
    }
  }

 private:
  Parts& parts_;
  std::mutex& lock_;
};

Parts walk_parts(const ObjectStore& store, std::uint32_t count) {
  Parts parts;
  std::mutex lock;
  for (std::uint32_t number = 1; number <= count; ++number) {
    WalkOptions options;
    options.jobs = 1 + number % 2;
    parts.bytes.push_back(0);
    parts.past.emplace_back();
    const WalkPlan plan(store, {number, count});
    EXPECT_TRUE(walk(plan, options,
                     [&](unsigned) { return std::make_unique<PartVisitor>(parts, lock); }));
  }
  return parts;
}

std::map<std::string, std::string> past_of(const Objects& objects) {
  std::map<std::string, std::string> past;
  for (const auto& [id, object] : objects) {
    if (object.kind != "blob") past.emplace(id, object.kind);
  }
  return past;
}

// Two packs that share objects, loose ones, and some in both places.
void fill(const GitRepository& repository) {
  std::string stream;
  for (int i = 0; i < 120; ++i) {
    stream += "commit refs/heads/main\ncommitter A <a@example.com> " + std::to_string(1700000000 + i) +
              " +0000\ndata 2\nx\nM 100644 inline f" + std::to_string(i % 7) + "\n";
    std::string text;
    for (int line = 0; line < 40; ++line) text += "line " + std::to_string(line * (i % 9)) + "\n";
    stream += "data " + std::to_string(text.size()) + "\n" + text + "\n";
  }
  repository.git({"fast-import", "--quiet", "--force"}, stream);
  repository.git({"repack", "-q", "--no-write-bitmap-index"});
  for (int i = 0; i < 12; ++i) {
    write_whole(repository.path() + "/g" + std::to_string(i), "loose " + std::to_string(i));
    repository.git({"add", "."});
    repository.git({"commit", "-q", "-m", "loose " + std::to_string(i)});
  }
}

TEST(Shard, PartsTogetherAreTheWholeAndShareNoBlob) {
  const GitRepository repository;
  fill(repository);
  const Objects expected = git_objects(repository.path());
  const auto store = ObjectStore::open(repository.path() + "/.git/objects", {});
  ASSERT_TRUE(store);
  ASSERT_FALSE(store->loose().empty());
  ASSERT_FALSE(store->packs().empty());
  for (const std::uint32_t count : {1U, 2U, 3U, 8U, 61U, 1000U}) {
    const Parts parts = walk_parts(*store, count);
    EXPECT_TRUE(parts.objects == expected) << count;
    EXPECT_TRUE(parts.problems.empty());
    for (const auto& past : parts.past) EXPECT_EQ(past, past_of(expected)) << count;
  }
}

// What Git does not write: trees that only the base in another pack, or another copy, tells to be trees.
TEST(Shard, EveryPartKnowsTreesWhoseHeadersDoNotTell) {
  const std::string base = "100644 a" + std::string(1, '\0') + std::string(20, 'x');
  const ObjectId base_id = hash_object(HashAlgorithm::sha1, ObjectKind::tree, base);
  const std::string made = "100644 b" + std::string(1, '\0') + std::string(20, 'y');
  const ObjectId made_id = hash_object(HashAlgorithm::sha1, ObjectKind::tree, made);
  const TemporaryDirectory directory;
  PackWriter whole;
  whole.add_named(base_id, entry_header(2, base.size()) + deflate(base));
  whole.write(directory.path(), "b");
  PackWriter damaged;  // its names are looked up first
  damaged.add_named(base_id, entry_header(0, base.size()) + deflate(base));  // of no known type
  damaged.write(directory.path(), "a");
  PackWriter thin;
  const std::string delta = inserting_delta(base.size(), made);
  thin.add_named(made_id, entry_header(7, delta.size()) + std::string(base_id.raw()) + deflate(delta));
  thin.write(directory.path(), "c");
  const auto store = ObjectStore::open(directory.path(), {});
  ASSERT_TRUE(store);
  const Parts parts = walk_parts(*store, 4);
  EXPECT_TRUE(parts.problems.empty());
  const std::map<std::string, std::string> both = {{base_id.hex(), "tree"}, {made_id.hex(), "tree"}};
  for (const auto& past : parts.past) EXPECT_EQ(past, both);
}

TEST(Shard, GreatAndSmallFamiliesAreDealtEvenly) {
  PackWriter writer;
  for (unsigned i = 0; i < 400; ++i) {
    std::string text(i % 50 == 0 ? 60'000 : 2'000, 'a');
    for (std::size_t at = 0; at < text.size(); ++at) text[at] = static_cast<char>(at * (i + 7) >> 3);
    writer.add_blob(text);
  }
  const TemporaryDirectory directory;
  writer.write(directory.path());
  const auto store = ObjectStore::open(directory.path(), {});
  ASSERT_TRUE(store);
  const Parts parts = walk_parts(*store, 8);
  const auto [least, most] = std::minmax_element(parts.bytes.begin(), parts.bytes.end());
  EXPECT_LT(*most - *least, 4'000U);
}

TEST(Shard, WhatIsBrokenIsToldByExactlyOnePart) {
  PackWriter writer;
  writer.add_blob("whole");
  for (unsigned i = 0; i < 40; ++i) {  // pairs that are deltas against each other
    const std::string one = "one of pair " + std::to_string(i);
    const std::string two = "two of pair " + std::to_string(i);
    writer.add_delta(one, two);
    writer.add_delta(two, one);
  }
  const TemporaryDirectory directory;
  writer.write(directory.path());
  write_whole(directory.path() + "/pack/pack-broken.pack", "PACK");
  const auto store = ObjectStore::open(directory.path(), {});
  ASSERT_TRUE(store);
  for (const std::uint32_t count : {2U, 7U}) {
    const Parts parts = walk_parts(*store, count);
    EXPECT_EQ(parts.objects.size(), 1U);
    EXPECT_EQ(parts.problems.size(), 80U);
    EXPECT_EQ(parts.store_problems, store->problems().size());
  }
  EXPECT_FALSE(store->problems().empty());
}

}  // namespace
}  // namespace sluice::pack
