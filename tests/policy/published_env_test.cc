#include "policy/published_env.h"

#include "policy/support.h"

namespace sluice::policy {
namespace {

TEST(PublishedEnv, IsWhatABuildWritesIntoPages) {
  const std::string text = "# pages\n\nVITE_API_URL=https://api.example.org\nexport NEXT_PUBLIC_KEY=\"" + real_value() + "\"\r\n";
  EXPECT_TRUE(is_published_env(".env.production", text));
  EXPECT_TRUE(is_published_env("apps/web/.env.staging", text + "NODE_ENV=production\nPORT=80\nAPI_TOKEN=\nJWT_KEY=<key>\n"));
  for (const char* path : {".env", ".env.local", ".env.production.local", "a/.ENV", "production.env"})
    EXPECT_FALSE(is_published_env(path, text)) << path;
  const std::string password = "DB_PASSWORD=" + real_value() + "\n";
  for (const std::string& more : {password, "# " + password, std::string("API_KEY=hunter2\n"), "X=" + real_value() + "\n",
                                  "VITE_DB=postgres://app:" + real_value() + "@db/x\n", std::string("rest of something\n")})
    EXPECT_FALSE(is_published_env(".env.production", text + more)) << more;
  EXPECT_FALSE(is_published_env(".env.production", "PORT=80\n# VITE_A=b\n"));
  EXPECT_FALSE(is_published_env(".env.production", ""));
}

TEST(EnvTracked, SaysNothingOfWhatIsPublished) {
  const auto paths = [](const Files& files) {
    std::string found;
    for (const Finding& finding : check_files(files).of("ENV002")) found += finding.at.path + " ";
    return found;
  };
  EXPECT_EQ(paths({{".env", "VITE_A=b\n"},
                   {".env.development", "VITE_A=b\n"},
                   {"web/.env.production", "NEXT_PUBLIC_A=b\nANALYZE=false\n"},
                   {"web/.env.test", "PORT=1\n"},
                   {"web/.env.production.local", "VITE_A=b\n"}}),
            ".env web/.env.production.local web/.env.test ");
}

}  // namespace
}  // namespace sluice::policy
