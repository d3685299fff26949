#include "base/hash.h"

#include <gtest/gtest.h>

namespace sluice::base {
namespace {

TEST(Hash, Sha256OfTheStandard) {
  // FIPS 180-4 example: "abc".
  EXPECT_EQ(to_hex(sha256("abc")).substr(0, 16), "ba7816bf8f01cfea");
  EXPECT_EQ(to_hex(sha256("")).substr(0, 16), "e3b0c44298fc1c14");
}

TEST(Hash, HmacOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")).substr(0, 16), "5bdcc146bf60754e");
}

TEST(Hash, Hex) { EXPECT_EQ(to_hex(std::string_view("\x00\xff", 2)), "00ff"); }

}  // namespace
}  // namespace sluice::base
