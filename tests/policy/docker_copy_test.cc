#include "policy/docker_copy.h"

#include <gtest/gtest.h>

#include "policy/docker_glob.h"

namespace sluice::policy {
namespace {

std::uint32_t line_of(std::string_view dockerfile) {
  const auto found = copy_taking(copies_of(dockerfile), ".env");
  return found ? found->line : 0;
}

TEST(DockerGlob, IsGos) {
  for (const char* pattern : {".env", ".*", "*", ".e*", "*env", ".en?", ".[e]nv", ".[a-f]nv", "[.]env", "[^a]env", ".[!e]nv", "\\.env",
                              "**/.env", ".[\\e]nv", ".e[n]*"})
    EXPECT_TRUE(docker_matches(pattern, ".env")) << pattern;
  for (const char* pattern : {"env", "?env?", ".[^e]nv", ".[!f]nv", "[[:punct:]]env", "a/*", ".env/", "*.en", ".[e", "\\*"})
    EXPECT_FALSE(docker_matches(pattern, ".env")) << pattern;
  EXPECT_FALSE(docker_matches("*", "api/.env"));
  EXPECT_TRUE(docker_matches("*/.e*", "api/.env"));
}

TEST(DockerCopy, OfTheWholeContext) {
  EXPECT_EQ(line_of("FROM x\nCOPY . /app\n"), 2u);
  EXPECT_EQ(line_of("copy --chown=a:b [\".\", \"/app\"]\n"), 1u);
  EXPECT_EQ(line_of("ADD ./ /app\n"), 1u);
  EXPECT_EQ(line_of("COPY --from=build . .\n"), 0u);
  EXPECT_EQ(line_of("COPY src .\n# COPY . .\n"), 0u);
  EXPECT_EQ(line_of("FROM x\nCOPY \\\n  . /app\n"), 2u);
  EXPECT_EQ(line_of("COPY package.json . /app/\n"), 1u);
  EXPECT_EQ(line_of("COPY * /app/\n"), 1u);
  EXPECT_EQ(line_of("COPY [\"src\", \".\"]\n"), 0u);
  EXPECT_EQ(line_of("RUN <<END\nCOPY . .\nEND\n"), 0u);
  EXPECT_EQ(line_of("COPY ../ .\n"), 1u) << "Docker stops at the context";
  EXPECT_EQ(line_of("COPY / /app\n"), 1u);
}

TEST(DockerCopy, OfWhatIsHidden) {
  for (const char* copy : {"COPY .* .", "ADD .* .", "COPY .e* .", "COPY [\"./.*\", \".\"]", "COPY package.json .[a-z]* ./",
                           "COPY --chown=a:b --chmod=644 /.env* /app/", "COPY \".e*\" .", "COPY src/../.* ."})
    EXPECT_EQ(line_of(copy), 1u) << copy;
  for (const char* copy : {"COPY .env .", "COPY [\".env\", \".\"]", "COPY .*.yml .", "COPY .git* .", "COPY src/.* .", "COPY *.json .",
                           "COPY --from=x .* .", "COPY .[^e]* .", "COPY [\"a .*\", \".\"]", "ADD https://a/.* .", "COPY .*",
                           "COPY --exclude=.env .* .", "COPY --exclude=.e* . ."})
    EXPECT_EQ(line_of(copy), 0u) << copy;
  EXPECT_EQ(line_of("COPY --exclude=.git . ."), 1u);
  const auto found = copy_taking(copies_of("COPY a ./.* /app"), ".env");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->source, "./.*");
  EXPECT_FALSE(found->is_whole);
}

TEST(DockerCopy, OfAFolder) {
  const auto takes = [](std::string_view dockerfile) { return copy_taking(copies_of(dockerfile), "api/v1/.env").has_value(); };
  for (const char* copy : {"COPY . .", "COPY * .", "COPY api .", "COPY ./api/ /app/", "COPY api/v1 .", "COPY a* .", "COPY api/*/.e* .", "ADD api/v1/* ."})
    EXPECT_TRUE(takes(copy)) << copy;
  for (const char* copy : {"COPY api/v1/.env .", "COPY .env* .", "COPY web .", "COPY ap .", "COPY api/v2 .", "COPY --exclude=**/.env api .",
                           "COPY --exclude=.env api/v1 ."})
    EXPECT_FALSE(takes(copy)) << copy;
}

}  // namespace
}  // namespace sluice::policy
