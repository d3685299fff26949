#include "pack/entry_pieces.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>

#include "pack/pack_writer.h"
#include "pack/walk.h"

namespace sluice::pack {
namespace {

using namespace sluice::pack::testing;

std::string some_text(std::size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string text(size, ' ');
  for (char& c : text) c = static_cast<char>('a' + random() % 8);
  return text;
}

// All of it, in pieces of at most `room` bytes; `?` and what was wrong when it cannot be read.
std::string read_all(EntryPieces& pieces, std::size_t room) {
  std::string all;
  std::string piece(room, '\0');
  while (true) {
    const auto count = pieces.read(piece.data(), piece.size());
    if (!count) return "?" + count.error().what;
    all.append(piece, 0, *count);
    if (*count < room) return all;
  }
}

std::string read_all(const std::string& stream, std::uint64_t size, std::size_t room) {
  EntryPieces pieces(stream, size);
  return read_all(pieces, room);
}

TEST(EntryPieces, AreTheObjectWhateverTheirSize) {
  for (const std::size_t size : {0, 1, 999, 1000, 100'000}) {
    const std::string text = some_text(size, 1);
    for (const std::size_t room : {1000, 1001, 65536, 1'000'000}) {
      EXPECT_EQ(read_all(deflate(text) + "what follows", size, room), text) << size << " " << room;
    }
  }
}

TEST(EntryPieces, ProveSizeAndChecksum) {
  const std::string text = some_text(5000, 2);
  const std::string stream = deflate(text);
  EXPECT_EQ(read_all(stream, 4999, 1000).front(), '?');
  EXPECT_EQ(read_all(stream, 5001, 1000).front(), '?');
  for (std::size_t cut = 0; cut < stream.size(); cut += 7) {
    EXPECT_EQ(read_all(stream.substr(0, cut), 5000, 1000).front(), '?') << cut;
  }
  std::string changed = stream;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  EXPECT_EQ(read_all(changed, 5000, 1000).front(), '?');
}

// Takes every other blob in pieces.
class PieceVisitor final : public WalkVisitor {
 public:
  using Texts = std::map<std::string, std::string>;
  PieceVisitor(Texts& in_pieces, Texts& whole) : in_pieces_(in_pieces), whole_(whole) {}

  bool blob_in_pieces(const ObjectId& id, EntryPieces& pieces) override {
    is_next_ = !is_next_;
    if (!is_next_) return false;
    in_pieces_.emplace(id.hex(), read_all(pieces, 777));
    return true;
  }
  std::shared_ptr<const Memory> object(const WalkedObject& object) override {
    whole_.emplace(object.id.hex(), object.bytes);
    return nullptr;
  }
  void problem(const ObjectId*, const Error& error) override { ADD_FAILURE() << error.what; }

 private:
  Texts& in_pieces_;
  Texts& whole_;
  bool is_next_ = false;
};

TEST(EntryPieces, AreOfferedOfLargeBlobsThatHaveNothingToDoWithDeltas) {
  PackWriter writer;
  PieceVisitor::Texts expected;
  for (unsigned i = 0; i < 6; ++i) {
    const std::string text = some_text(6000, 10 + i);
    writer.add_blob(text);
    expected.emplace(hash_object(HashAlgorithm::sha1, ObjectKind::blob, text).hex(), text);
  }
  const std::string base = some_text(6000, 20);
  writer.add_delta("made from it", writer.add_blob(base), base.size());
  writer.add_blob("small");
  const sluice::testing::TemporaryDirectory directory;
  writer.write(directory.path());
  const auto store = ObjectStore::open(directory.path(), {});
  ASSERT_TRUE(store);
  PieceVisitor::Texts in_pieces;
  PieceVisitor::Texts whole;
  WalkOptions options;
  options.least_in_pieces = 5000;
  ASSERT_TRUE(walk(WalkPlan(*store), options, [&](unsigned) { return std::make_unique<PieceVisitor>(in_pieces, whole); }));
  EXPECT_EQ(in_pieces.size(), 3u);
  EXPECT_EQ(whole.size(), 6u);
  in_pieces.merge(whole);
  for (const auto& [id, text] : expected) EXPECT_EQ(in_pieces[id], text);
}

}  // namespace
}  // namespace sluice::pack
