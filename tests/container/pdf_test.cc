#include <fmt/format.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "container/container.h"

namespace sluice::container {
namespace {

using Pages = std::vector<std::pair<std::string, std::string>>;

struct SeenPages : Visitor {
  void entry(std::string_view name, std::string_view bytes) override { pages.emplace_back(name, bytes); }
  void limited(std::string what) override { limits.push_back(std::move(what)); }
  void unreadable(std::string what) override { damage.push_back(std::move(what)); }
  Pages pages;
  std::vector<std::string> limits;
  std::vector<std::string> damage;
};

// A document (ISO 32000-1, 7.5) with a page for each of `texts`, one line each.
std::string pdf(const std::vector<std::string>& texts) {
  std::vector<std::string> objects = {"<< /Type /Catalog /Pages 2 0 R >>", "",
                                      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string kids;
  for (const std::string& text : texts) {
    const std::size_t page = objects.size() + 1;
    kids += fmt::format("{} 0 R ", page);
    objects.push_back(fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R "
                                  "/Resources << /Font << /F1 3 0 R >> >> >>", page + 1));
    const std::string content = fmt::format("BT /F1 10 Tf 72 700 Td ({}) Tj ET", text);
    objects.push_back(fmt::format("<< /Length {} >>\nstream\n{}\nendstream", content.size(), content));
  }
  objects[1] = fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, texts.size());
  std::string file = "%PDF-1.4\n";
  std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    table += fmt::format("{:010} 00000 n \n", file.size());
    file += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  return file + table + fmt::format("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, file.size());
}

SeenPages read_pages(std::string_view bytes, Budget& budget) {
  SeenPages seen;
  const Status status = open(bytes, budget, seen);
  EXPECT_TRUE(status) << status.error().what;
  return seen;
}

SeenPages read_pages(std::string_view bytes, const Limits& limits = {}) {
  Budget budget(limits);
  return read_pages(bytes, budget);
}

TEST(Pdf, IsToldByItsFirstBytes) {
  EXPECT_EQ(kind_of(pdf({"one"})), Kind::pdf);
  EXPECT_EQ(kind_of("% a comment of some TeX file"), Kind::none);
}

TEST(Pdf, IsReadPageByPage) {
  Budget budget{Limits()};
  const SeenPages seen = read_pages(pdf({"first = 1", " ", "third = 3"}), budget);
  EXPECT_EQ(seen.pages, (Pages{{"page 1", "first = 1\n"}, {"page 3", "third = 3\n"}}));
  EXPECT_TRUE(seen.limits.empty());
  EXPECT_TRUE(seen.damage.empty());
  EXPECT_GT(budget.program_seconds, 0);
  EXPECT_EQ(budget.entries, 2u);
}

TEST(Pdf, SaysWhenItCannotBeRead) {
  const SeenPages seen = read_pages("%PDF-1.4 is all that there is of it");
  EXPECT_EQ(seen.damage, std::vector<std::string>{"it is damaged or under a password"});
  EXPECT_TRUE(seen.pages.empty());
}

TEST(Pdf, TellsWhichLimitBites) {
  const std::string bytes = pdf({"one", "two", "three"});
  Limits few;
  few.entries = 2;
  EXPECT_EQ(read_pages(bytes, few).limits, std::vector<std::string>{"there are more than 2 entries"});
  Limits small;
  small.entry_bytes = 4;
  EXPECT_EQ(read_pages(bytes, small).limits, std::vector<std::string>{"its text is larger than 0 MiB"});
  Budget spent{Limits()};
  spent.program_seconds = spent.limits.program_seconds;
  EXPECT_EQ(read_pages(bytes, spent).limits, std::vector<std::string>{"to read the PDF documents in it takes more than 60 s"});
}

}  // namespace
}  // namespace sluice::container
