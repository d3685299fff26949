// Every byte of a store's files flipped, zeroed, and every file cut at every length: nothing may be
// visited with other bytes than git's, and nothing may go missing without a word.

#include "pack/collect.h"

namespace sluice::pack {
namespace {

using namespace sluice::pack::testing;
using sluice::testing::GitRepository;
using sluice::testing::read_whole;
using sluice::testing::write_whole;

class Damage : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string text;
    for (int i = 0; i < 12; ++i) text += "line " + std::to_string(i * 7919) + "\n";
    for (int i = 0; i < 3; ++i) {
      text += "more " + std::to_string(i) + "\n";
      repository.write("file", text);
      repository.commit_all("change");
    }
  }

  std::string objects_dir() const { return repository.path() + "/.git/objects"; }

  std::string pack_file(const std::string& extension) const {
    for (const auto& entry : std::filesystem::directory_iterator(objects_dir() + "/pack"))
      if (entry.path().extension() == extension) return entry.path();
    return {};
  }

  // Walks with `path` holding `bytes`; what is visited must be right, and all must be accounted
  // for.
  void expect_honest(const std::string& path, const std::string& bytes) const {
    std::filesystem::remove(path);  // Git's files are read-only
    write_whole(path, bytes);
    const Walked walked = collect(objects_dir());
    EXPECT_TRUE(walked.is_complete);
    for (const auto& [name, object] : walked.objects) {
      const auto found = expected.find(name);
      ASSERT_TRUE(found != expected.end()) << name;
      ASSERT_TRUE(found->second == object) << name;
    }
    if (walked.objects.size() + walked.problems.size() < expected.size()) {
      EXPECT_FALSE(walked.store_problems.empty());
    }
  }

  void damage_everywhere(const std::string& path) const {
    const std::string whole = read_whole(path);
    ASSERT_FALSE(whole.empty());
    const std::size_t step = whole.size() / 300 + 1;
    for (std::size_t at = 0; at < whole.size() && !HasFatalFailure(); at += step) {
      SCOPED_TRACE(path + " at " + std::to_string(at));
      std::string bytes = whole;
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
      expect_honest(path, bytes);
      bytes[at] = whole[at] == '\0' ? '\xff' : '\0';
      expect_honest(path, bytes);
      expect_honest(path, whole.substr(0, at));
    }
    write_whole(path, whole);
  }

  GitRepository repository;
  Objects expected;
};

TEST_F(Damage, Pack) {
  repository.git({"repack", "-adfq"});
  expected = git_objects(repository.path());
  damage_everywhere(pack_file(".pack"));
}

TEST_F(Damage, PackWithDeltasAgainstNames) {
  repository.git({"-c", "repack.usedeltabaseoffset=false", "repack", "-adfq"});
  expected = git_objects(repository.path());
  damage_everywhere(pack_file(".pack"));
}

TEST_F(Damage, PackWithAnIndexOfVersionOne) {
  repository.git({"-c", "pack.indexVersion=1", "repack", "-adfq"});
  expected = git_objects(repository.path());
  damage_everywhere(pack_file(".pack"));
}

TEST_F(Damage, Index) {
  repository.git({"repack", "-adfq"});
  expected = git_objects(repository.path());
  damage_everywhere(pack_file(".idx"));
}

TEST_F(Damage, IndexOfVersionOne) {
  repository.git({"-c", "pack.indexVersion=1", "repack", "-adfq"});
  expected = git_objects(repository.path());
  damage_everywhere(pack_file(".idx"));
}

TEST_F(Damage, LooseObjects) {
  expected = git_objects(repository.path());
  for (const auto& [name, object] : expected)
    damage_everywhere(objects_dir() + "/" + name.substr(0, 2) + "/" + name.substr(2));
}

TEST_F(Damage, AbsentFiles) {
  repository.git({"repack", "-adfq"});
  const std::string pack = pack_file(".pack");
  const std::string idx = pack_file(".idx");
  std::filesystem::rename(idx, idx + ".away");
  EXPECT_EQ(collect(objects_dir()).store_problems.size(), 1U);
  std::filesystem::rename(idx + ".away", idx);
  std::filesystem::remove(pack);
  EXPECT_EQ(collect(objects_dir()).store_problems.size(), 1U);
  EXPECT_FALSE(ObjectStore::open(repository.path() + "/absent", {}));
}

TEST_F(Damage, Alternates) {
  const auto problems = [&](const std::string& alternates) {
    write_whole(objects_dir() + "/info/alternates", alternates);
    return collect(objects_dir()).store_problems.size();
  };
  EXPECT_EQ(problems(""), 0U);
  EXPECT_EQ(problems("# a comment\n\n"), 0U);
  EXPECT_EQ(problems(objects_dir() + "\n../objects\n"), 0U);  // itself
  EXPECT_EQ(problems("/absent/objects\n"), 1U);
  EXPECT_EQ(problems("\"../obj\\145cts\"\n"), 0U);
  EXPECT_EQ(problems("\"../\\9bsent\"\n"), 1U);
}

TEST_F(Damage, AlternatesNestedTooDeep) {
  const std::string top = repository.directory() + "/chain";
  for (int i = 0; i < 8; ++i) {
    const std::string own = top + std::to_string(i);
    write_whole(own + "/info/alternates", top + std::to_string(i + 1) + "\n");
  }
  const auto store = ObjectStore::open(top + "0", {});
  ASSERT_TRUE(store);
  EXPECT_EQ(store->directories().size(), 6U);  // its own, and five levels
  EXPECT_EQ(store->problems().size(), 1U);
}

}  // namespace
}  // namespace sluice::pack
