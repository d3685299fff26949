#include "document/merge_key.h"

#include "document/read.h"

namespace sluice::document {
namespace {

// `key=value` of each effective entry of the mapping at key `m`, with `^line` of the merge site.
std::string effective(std::string_view text) {
  const Document document = yaml(text);
  std::string result;
  for (const EffectiveEntry& entry : effective_entries(*document.root.find("m"))) {
    result += entry.key->text + "=" + entry.value->text;
    if (entry.via != nullptr) result += "^" + std::to_string(entry.via->mark.line);
    result += " ";
  }
  return result;
}

TEST(MergeKey, OwnKeysWinWhereverTheyStand) {
  EXPECT_EQ(effective("a: &a {x: 1, y: 2}\nm:\n  x: own\n  <<: *a\n"), "x=own y=2^4 ");
}

TEST(MergeKey, TheFirstOfAListWins) {
  EXPECT_EQ(effective("a: &a {x: 1}\nb: &b {x: 2, y: 3}\nm:\n  <<: [*a, *b]\n"), "x=1^4 y=3^4 ");
}

TEST(MergeKey, TheLastOfTwoWins) {
  EXPECT_EQ(effective("a: &a {x: 1}\nb: &b {x: 2}\nm:\n  <<: *a\n  <<: *b\n"), "x=2^5 ");
}

TEST(MergeKey, MergesNest) {
  EXPECT_EQ(effective("a: &a {x: 1}\nb: &b\n  <<: *a\n  y: 2\nm: {<<: *b, z: 3}\n"),
            "x=1^5 y=2^5 z=3 ");
}

TEST(MergeKey, TheLastDuplicateWins) {
  EXPECT_EQ(effective("m: {a: 1, b: 2, a: 3}\n"), "a=3 b=2 ");
}

TEST(MergeKey, AQuotedOneIsAPlainKey) {
  EXPECT_EQ(effective("a: &a {x: 1}\nm: {\"<<\": *a}\n"), "<<= ");
}

TEST(MergeKey, WhatCannotBeMergedIsLeftOut) {
  EXPECT_EQ(effective("m: {<<: 5, a: 1}\n"), "a=1 ");
  const Document document = yaml("[5, {a: 1}, [{a: 1}], [5], []]");
  EXPECT_FALSE(is_mergeable(document.root.items[0]));
  EXPECT_TRUE(is_mergeable(document.root.items[1]));
  EXPECT_TRUE(is_mergeable(document.root.items[2]));
  EXPECT_FALSE(is_mergeable(document.root.items[3]));
  EXPECT_TRUE(is_mergeable(document.root.items[4]));
}

}  // namespace
}  // namespace sluice::document
