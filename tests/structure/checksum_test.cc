#include "structure/checksum.h"

#include <gtest/gtest.h>

namespace sluice::structure {
namespace {

// The check values of the catalogue of CRC algorithms (https://reveng.sourceforge.io/crc-catalogue/).
TEST(Checksum, AgreesWithTheCatalogue) {
  EXPECT_EQ(crc32("123456789"), 0xCBF43926u);
  EXPECT_EQ(crc16("123456789"), 0x31C3u);
  EXPECT_EQ(crc24("123456789"), 0x21CF02u);
}

TEST(Checksum, OfAGithubTokenIsTheOnePublished) {
  // Of a token that its owner withdrew and published to explain the form.
  EXPECT_EQ(base62_checksum("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ"), std::string("0mL") + "q17");
}

TEST(Checksum, OfBech32IsThatOfTheStandardsExamples) {
  // BIP 173: the valid strings A12UEL5L and split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w.
  EXPECT_EQ(bech32_checksum("a", ""), "2uel5l");
  constexpr std::string_view alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  std::string data;
  for (const char c : std::string_view("checkupstagehandshakeupstreamerranterredcaperred")) {
    data += static_cast<char>(alphabet.find(c));
  }
  EXPECT_EQ(bech32_checksum("split", data), "2y9e3w");
}

TEST(Checksum, LuhnsDigit) {
  EXPECT_TRUE(has_luhn_digit("79927398713"));
  EXPECT_FALSE(has_luhn_digit("79927398710"));
  EXPECT_FALSE(has_luhn_digit("7992739871x"));
  EXPECT_FALSE(has_luhn_digit(""));
}

}  // namespace
}  // namespace sluice::structure
