// Families of deltas so large that one thread must not be left alone with them.

#include <atomic>
#include <chrono>
#include <thread>

#include "pack/pack_writer.h"
#include "pack/walk.h"

namespace sluice::pack {
namespace {

using namespace sluice::pack::testing;

struct Shares {
  std::atomic<unsigned> of[2] = {0, 0};
};

// Takes its time as long as the other thread has got nothing.
class Idler final : public WalkVisitor {
 public:
  Idler(Shares& shares, unsigned thread) : shares_(shares), thread_(thread) {}

  std::shared_ptr<const Memory> object(const WalkedObject&) override {
    ++shares_.of[thread_];
    if (shares_.of[1 - thread_] == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return nullptr;
  }
  void problem(const ObjectId*, const Error& error) override { ADD_FAILURE() << error.what; }

 private:
  Shares& shares_;
  unsigned thread_;
};

void expect_shared(const PackWriter& writer, unsigned objects) {
  const sluice::testing::TemporaryDirectory directory;
  writer.write(directory.path());
  const auto store = ObjectStore::open(directory.path(), {});
  ASSERT_TRUE(store);
  Shares shares;
  WalkOptions options;
  options.jobs = 2;
  ASSERT_TRUE(walk(WalkPlan(*store), options,
                   [&](unsigned thread) { return std::make_unique<Idler>(shares, thread); }));
  EXPECT_EQ(shares.of[0] + shares.of[1], objects);
  EXPECT_GT(shares.of[0], 0U);
  EXPECT_GT(shares.of[1], 0U);
}

TEST(Sharing, ManyChildrenOfOneBase) {
  PackWriter writer;
  const std::uint64_t base = writer.add_blob("base");
  for (unsigned i = 0; i < 4000; ++i) writer.add_delta("child " + std::to_string(i), base, 4);
  expect_shared(writer, 4001);
}

TEST(Sharing, AChainWithLongBranches) {
  PackWriter writer;
  std::uint64_t trunk = writer.add_blob("trunk");
  for (unsigned i = 0; i < 40; ++i) {
    std::uint64_t twig = trunk;
    for (unsigned k = 0; k < 99; ++k)
      twig = writer.add_delta("t" + std::to_string(10'000 + i * 100 + k), twig, k == 0 ? 5 : 6);
    trunk = writer.add_delta("n" + std::to_string(1000 + i), trunk, 5);
  }
  expect_shared(writer, 4001);
}

}  // namespace
}  // namespace sluice::pack
