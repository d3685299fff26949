// Commit-graph files that git writes, held against `git log`, and files that git would not write.

#include "pack/commit_graph.h"

#include <gtest/gtest.h>

#include <random>

#include "pack/pack_writer.h"
#include "support/git_repository.h"
#include "support/random_history.h"

namespace sluice::pack {
namespace {

using namespace sluice::pack::testing;
using sluice::testing::GitRepository;
using sluice::testing::pieces;
using sluice::testing::random_history;
using sluice::testing::read_whole;
using sluice::testing::Times;
using sluice::testing::write_whole;

Result<CommitGraph> open_graph(const std::string& objects, HashAlgorithm algorithm) {
  const auto chain = find_commit_graph({objects}, algorithm);
  if (!chain) return tl::unexpected<Error>(chain.error());
  return CommitGraph::open(chain->files, algorithm);
}

ObjectId id_of(const std::string& hex) { return ObjectId::from_hex(hex).value(); }

// Every commit of the repository as the graph and as `git log` tell it.
void expect_equal_to_log(const GitRepository& repo, const CommitGraph& graph) {
  const auto lines = pieces(repo.git({"log", "--all", "--format=%H %T %ct %P"}));
  EXPECT_EQ(graph.count(), lines.size());
  for (const std::string& line : lines) {
    const auto words = pieces(line, ' ');
    const auto position = graph.find(id_of(words[0]));
    ASSERT_TRUE(position) << line;
    EXPECT_EQ(graph.id(*position), id_of(words[0]));
    EXPECT_EQ(graph.tree(*position), id_of(words[1]));
    EXPECT_EQ(graph.time(*position), std::stoll(words[2]));
    std::vector<ObjectId> parents;
    for (std::size_t i = 3; i < words.size(); ++i) parents.push_back(id_of(words[i]));
    EXPECT_EQ(graph.parents(*position), parents);
    for (const ObjectId& parent : parents)
      EXPECT_LT(graph.generation(*graph.find(parent)), graph.generation(*position));
  }
}

struct Writing {
  const char* name;
  std::vector<std::vector<std::string>> commands;  // after each, more commits follow
  bool has_corrected_dates = true;
};

const std::vector<std::string> write_command{"commit-graph", "write", "--reachable", "--no-progress"};

std::vector<std::string> write_with(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  std::vector<std::string> all = before;
  all.insert(all.end(), write_command.begin(), write_command.end());
  all.insert(all.end(), after.begin(), after.end());
  return all;
}

std::vector<Writing> ways_of_writing() {
  const std::vector<std::string> old{"-c", "commitGraph.generationVersion=1"};
  const auto split = write_with({}, {"--split=no-merge"});
  return {{"single", {write_with({}, {})}},
          {"levels alone", {write_with(old, {})}, false},
          {"paths", {write_with({}, {"--changed-paths"})}},
          {"chain", {split, split, split}},
          {"chain, the lowest with levels alone", {write_with(old, {"--split=no-merge"}), split}, false}};
}

TEST(CommitGraph, TellsCommitsAsGitDoes) {
  unsigned seed = 1;
  for (const char* format : {"sha1", "sha256"}) {
    for (const Writing& layout : ways_of_writing()) {
      SCOPED_TRACE(std::string(format) + ", " + layout.name);
      const GitRepository repo({std::string("--object-format=") + format});
      std::mt19937 random(seed++);
      const int step = 120 / static_cast<int>(layout.commands.size());
      const std::string all = random_history(random, 120, Times::wild);
      for (std::size_t i = 0; i < layout.commands.size(); ++i) {
        const std::string next = "commit refs/heads/c" + std::to_string((i + 1) * step + 1) + "\n";
        repo.git({"fast-import", "--quiet", "--force"}, all.substr(0, all.find(next)));
        repo.git(layout.commands[i]);
      }
      const auto graph = open_graph(repo.path() + "/.git/objects", id_of(repo.rev("c1")).algorithm);
      ASSERT_TRUE(graph) << to_string(graph.error());
      EXPECT_EQ(graph->has_corrected_dates(), layout.has_corrected_dates);
      expect_equal_to_log(repo, *graph);
    }
  }
}

TEST(CommitGraph, IsFoundInAlternatesAndAcrossThem) {
  const GitRepository repo;
  std::mt19937 random(3);
  const std::string all = random_history(random, 60, Times::rising);
  repo.git({"fast-import", "--quiet"}, all.substr(0, all.find("commit refs/heads/c41\n")));
  repo.git(write_with({}, {"--split"}));
  const std::string clone = repo.directory() + "/clone";
  repo.git({"clone", "-q", "--shared", "--bare", repo.path(), clone});
  const std::vector<std::string> both{clone + "/objects", repo.path() + "/.git/objects"};
  EXPECT_EQ(find_commit_graph(both, HashAlgorithm::sha1)->files.size(), 1U);

  repo.git({"-C", clone, "fast-import", "--quiet", "--force"}, all);
  repo.git({"-C", clone, "commit-graph", "write", "--reachable", "--split=no-merge", "--no-progress"});
  const auto chain = find_commit_graph(both, HashAlgorithm::sha1);
  ASSERT_TRUE(chain) << to_string(chain.error());
  ASSERT_EQ(chain->files.size(), 2U);
  EXPECT_TRUE(chain->files[0].starts_with(both[1]));
  EXPECT_TRUE(chain->files[1].starts_with(both[0]));
  const auto graph = CommitGraph::open(chain->files, HashAlgorithm::sha1);
  ASSERT_TRUE(graph) << to_string(graph.error());
  EXPECT_EQ(graph->count(), 60U);
  EXPECT_FALSE(CommitGraph::open({chain->files[1]}, HashAlgorithm::sha1));
  EXPECT_FALSE(CommitGraph::open({chain->files[1], chain->files[0]}, HashAlgorithm::sha1));
  // Without the alternate the chain names what is nowhere.
  const auto lost = find_commit_graph({both[0]}, HashAlgorithm::sha1);
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().kind, ErrorKind::corrupt);
}

TEST(CommitGraph, IsNotThere) {
  const GitRepository repo;
  const auto chain = find_commit_graph({repo.path() + "/.git/objects"}, HashAlgorithm::sha1);
  ASSERT_TRUE(chain);
  EXPECT_TRUE(chain->files.empty());
}

TEST(CommitGraph, MalformedChainIsAnError) {
  const GitRepository repo;
  repo.write(".git/objects/info/commit-graphs/commit-graph-chain", "../../../evil\n");
  const auto chain = find_commit_graph({repo.path() + "/.git/objects"}, HashAlgorithm::sha1);
  ASSERT_FALSE(chain);
  EXPECT_NE(chain.error().what.find("malformed"), std::string::npos);
}

// The single file of a small history.
std::string make_small_file(const std::vector<std::string>& options) {
  const GitRepository repo;
  std::mt19937 random(5);
  repo.git({"fast-import", "--quiet"}, random_history(random, 30, Times::wild));
  repo.git(write_with(options, {}));
  return read_whole(repo.path() + "/.git/objects/info/commit-graph");
}

const std::string& small_file() {
  static const std::string bytes = make_small_file({});
  return bytes;
}

Result<CommitGraph> join_one(const std::string& bytes) {
  auto file = CommitGraphFile::parse(bytes, "some/commit-graph", HashAlgorithm::sha1);
  if (!file) return tl::unexpected<Error>(file.error());
  std::vector<CommitGraphFile> files;
  files.push_back(std::move(*file));
  return CommitGraph::join(std::move(files), HashAlgorithm::sha1);
}

// All that a graph which was accepted can be asked.
void ask_everything(const CommitGraph& graph) {
  for (std::uint32_t i = 0; i < graph.count(); ++i) {
    EXPECT_EQ(graph.find(graph.id(i)), i);
    static_cast<void>(graph.tree(i));
    static_cast<void>(graph.time(i));
    for (const ObjectId& parent : graph.parents(i)) {
      ASSERT_TRUE(graph.find(parent));
      EXPECT_LT(graph.generation(*graph.find(parent)), graph.generation(i));
    }
  }
}

TEST(CommitGraph, EveryChangedByteIsNoticed) {
  const sluice::testing::TemporaryDirectory scratch;
  const std::string path = scratch.path() + "/commit-graph";
  for (std::size_t i = 0; i < small_file().size(); ++i) {
    std::string bytes = small_file();
    bytes[i] = static_cast<char>(bytes[i] ^ (1 << i % 8));
    write_whole(path, bytes);
    const auto file = CommitGraphFile::open(path, HashAlgorithm::sha1);
    ASSERT_FALSE(file) << "byte " << i;
    EXPECT_EQ(file.error().where, path);
    // What the checksum does not see must not lead outside of the file, nor into a circle.
    for (const char value : {'\0', '\x7f', '\xff'}) {
      bytes[i] = value;
      if (const auto graph = join_one(bytes)) ask_everything(*graph);
    }
  }
}

TEST(CommitGraph, EveryCutIsNoticed) {
  for (std::size_t size = 0; size < small_file().size(); ++size) {
    const auto graph = join_one(small_file().substr(0, size));
    ASSERT_FALSE(graph) << size << " bytes";
    EXPECT_FALSE(graph.error().where.empty());
  }
}

// Where chunk `id` starts, as the table of contents says.
std::size_t start_of(const std::string& bytes, const std::string& id) {
  return read_be64(bytes.data() + bytes.find(id, 8) + 4);
}

TEST(CommitGraph, ContradictionsAreNoticed) {
  const std::string& good = small_file();
  const std::string levels = make_small_file({"-c", "commitGraph.generationVersion=1"});
  ASSERT_TRUE(join_one(good) && join_one(levels));
  const std::size_t rows = start_of(good, "CDAT");
  const std::size_t edges = start_of(good, "EDGE");
  const std::size_t dates = start_of(good, "GDA2");
  std::size_t merge = 0;
  std::size_t octopus = 0;
  for (std::size_t i = 0; i < 30; ++i) {
    const std::uint32_t second = read_be32(good.data() + rows + i * 36 + 24);
    if (second < 30) merge = i;
    if (second >> 31 != 0) octopus = i;
  }
  const std::size_t leveled = start_of(levels, "CDAT") + merge * 36 + 28;
  const struct {
    const std::string& bytes;
    std::size_t at;
    std::uint32_t value;
    const char* what;
  } changes[] = {
      {good, rows + merge * 36 + 20, static_cast<std::uint32_t>(merge), "a parent comes after its child"},
      {good, rows + merge * 36 + 20, 30, "names a parent that it does not hold"},
      {good, rows + merge * 36 + 20, 0x70000000U, "lists parents without an end"},
      {good, rows + merge * 36 + 24, 0xffffffffU, "lists parents without an end"},
      {good, rows + merge * 36 + 24, read_be32(good.data() + rows + octopus * 36 + 24), "to two commits at once"},
      {good, edges, 0x80000000U | 500, "names a parent that it does not hold"},
      {levels, leveled, 0, "without generations"},
      {levels, leveled, 4, "a parent comes after its child"},
      {good, dates + merge * 4, 0xffffffffU, "names a date that it does not hold"},
  };
  for (const auto& change : changes) {
    std::string bytes = change.bytes;
    bytes.replace(change.at, 4, be32(change.value));
    const auto graph = join_one(bytes);
    ASSERT_FALSE(graph) << change.what;
    EXPECT_NE(graph.error().what.find(change.what), std::string::npos) << graph.error().what;
    EXPECT_EQ(graph.error().where, "some/commit-graph");
  }
}

TEST(CommitGraph, OtherHashIsUnsupported) {
  const auto file = CommitGraphFile::parse(small_file(), "x", HashAlgorithm::sha256);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, ErrorKind::unsupported);
}

}  // namespace
}  // namespace sluice::pack
