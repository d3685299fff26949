#pragma once

// What a walk yields, and what git says it should. Needs GoogleTest.

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "pack/walk.h"
#include "support/git_repository.h"

namespace sluice::pack::testing {

struct Object {
  std::string kind;
  std::string bytes;

  friend bool operator==(const Object&, const Object&) = default;
};

using Objects = std::map<std::string, Object>;  // by hexadecimal name

struct Walked {
  Objects objects;
  std::map<std::string, Error> problems;  // by hexadecimal name
  std::vector<Error> store_problems;
  bool is_repeated = false;  // an object was visited twice, or visited and reported
  bool is_complete = false;  // the walk was not interrupted
};

class Collector final : public WalkVisitor {
 public:
  Collector(Walked& walked, std::mutex& lock) : walked_(walked), lock_(lock) {}

  std::shared_ptr<const Memory> object(const WalkedObject& object) override {
    const std::lock_guard guard(lock_);
    const std::string id = object.id.hex();
    const bool is_new =
        walked_.objects
            .emplace(id, Object{std::string(to_string(object.kind)), std::string(object.bytes)})
            .second;
    if (!is_new || walked_.problems.count(id) != 0) walked_.is_repeated = true;
    return nullptr;
  }

  void problem(const ObjectId* id, const Error& error) override {
    const std::lock_guard guard(lock_);
    if (id == nullptr) {
      walked_.store_problems.push_back(error);
      return;
    }
    const bool is_new = walked_.problems.emplace(id->hex(), error).second;
    if (!is_new || walked_.objects.count(id->hex()) != 0) walked_.is_repeated = true;
  }

 private:
  Walked& walked_;
  std::mutex& lock_;
};

inline Walked collect(const ObjectStore& store, const WalkOptions& options = {}) {
  Walked walked;
  std::mutex lock;
  walked.is_complete = walk(WalkPlan(store), options, [&](unsigned) {
                         return std::make_unique<Collector>(walked, lock);
                       }).has_value();
  EXPECT_FALSE(walked.is_repeated);
  return walked;
}

inline Walked collect(const std::string& objects_dir, const WalkOptions& options = {},
                      const StoreOptions& store_options = {}) {
  const auto store = ObjectStore::open(objects_dir, store_options);
  EXPECT_TRUE(store.has_value());
  if (!store) return {};
  Walked walked = collect(*store, options);
  EXPECT_EQ(walked.objects.size() + walked.problems.size(), WalkPlan(*store).object_count());
  return walked;
}

/// Every object of the repository at `path`, as git prints it.
inline Objects git_objects(const std::string& path) {
  const auto printed = sluice::testing::run_process(
      {"git", "cat-file", "--batch-all-objects", "--batch", "--unordered"}, path);
  EXPECT_EQ(printed.status, 0) << printed.err;
  Objects objects;
  for (std::size_t at = 0; at < printed.out.size();) {
    const std::size_t end = printed.out.find('\n', at);
    const auto words = sluice::testing::pieces(printed.out.substr(at, end - at), ' ');
    if (words.size() != 3) {
      ADD_FAILURE() << "git cat-file printed something else";
      return objects;
    }
    const std::size_t size = std::stoul(words[2]);
    objects[words[0]] = {words[1], printed.out.substr(end + 1, size)};
    at = end + 1 + size + 1;
  }
  return objects;
}

}  // namespace sluice::pack::testing
