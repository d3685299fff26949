// ENV010: files that hold secrets by their very name.
#include "policy/support.h"

namespace sluice::policy {
namespace {

// `high .secrets.toml:2`, or nothing.
std::string told(const Files& files) {
  std::string text;
  const KeepingSink sink = check_files(files);
  for (const Finding& finding : sink.of("ENV010"))
    text += std::string(to_string(finding.severity)) + " " + finding.at.path + ":" + std::to_string(finding.at.line) + "\n";
  for (const Problem& problem : sink.problems) text += "problem " + problem.where + "\n";
  return text;
}

TEST(SecretFile, WithARealValue) {
  const std::string value = real_value();
  const std::string assigned = "user = \"app\"\npassword = \"" + value + "\"\n";
  EXPECT_EQ(told({{".streamlit/secrets.toml", assigned}}), "high .streamlit/secrets.toml:2\n");
  EXPECT_EQ(told({{"apps/a/.streamlit/secrets.toml", "[passwords]\nalice = \"" + value + "\"\n"}}),
            "high apps/a/.streamlit/secrets.toml:2\n");
  EXPECT_EQ(told({{"config/.secrets.toml", "[default]\n" + assigned}}), "high config/.secrets.toml:3\n");
  EXPECT_EQ(told({{".secrets.yaml", "db:\n  url: postgres://app:" + value + "@db/x\n"}}), "high .secrets.yaml:2\n");
  EXPECT_EQ(told({{"fn/local.settings.json",
                   "{\n  \"IsEncrypted\": false,\n  \"Values\": {\n    \"Storage\": \"AccountName=a;AccountKey=" + value + "==;X=1\"\n  }\n}\n"}}),
            "high fn/local.settings.json:4\n");
  EXPECT_EQ(told({{"conf/base/catalog.yml", "a: 1\n"}, {"conf/local/credentials.yml", "s3:\n  secret: " + value + "\n"}}),
            "high conf/local/credentials.yml:2\n");
  EXPECT_EQ(told({{"ml/conf/base/credentials.yml", "s3:\n  secret: " + value + "\n"}}), "high ml/conf/base/credentials.yml:2\n");
}

TEST(SecretFile, TheFirstValueIsToldAndNoneIsShown) {
  const std::string value = real_value();
  const auto found = check_files({{".secrets.toml", "a_token = \"" + value + "\"\nb_key = \"" + value + "\"\n"},
                                  {".gitignore", ".secrets.toml\n"}})
                         .of("ENV010");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].message,
            "`.secrets.toml` is where dynaconf keeps secrets, and it is tracked with what looks like 2 real ones (the first is "
            "`a_token`), which everybody with a clone has");
  ASSERT_EQ(found[0].related.size(), 1u);
  EXPECT_EQ(found[0].related[0].line, 2u);
  EXPECT_EQ(found[0].related[0].message + found[0].related[0].excerpt + found[0].excerpt.before, "`b_key` is another");
  EXPECT_EQ(found[0].remedy.find(".gitignore"), std::string::npos) << "a rule is there";
}

TEST(SecretFile, WithoutARealValueIsAdvice) {
  EXPECT_EQ(told({{"local.settings.json",
                   "{\"Values\": {\"FUNCTIONS_WORKER_RUNTIME\": \"python\", \"AzureWebJobsStorage\": \"UseDevelopmentStorage=true\"}} // x\n"}}),
            "low local.settings.json:0\n");
  EXPECT_EQ(told({{".streamlit/secrets.toml", "password = \"hunter2\"\n"}}), "low .streamlit/secrets.toml:0\n");
  EXPECT_EQ(told({{"conf/base/a.yml", "a: 1\n"}, {"conf/local/parameters.yml", "lr: 1\n"}, {"conf/local/notes.txt", "x"}}),
            "low conf/local/notes.txt:0\nlow conf/local/parameters.yml:0\n");
  EXPECT_EQ(told({{"conf/base/a.yml", "a: 1\n"}, {"conf/local/credentials.yml", "token: <token>\n"}}),
            "low conf/local/credentials.yml:0\n");
  EXPECT_EQ(told({{"conf/base/credentials.yml", "token: <token>\n"}}), "");
  EXPECT_EQ(told({{"conf/base/credentials.yml", "# nothing yet\n"}, {".streamlit/secrets.toml", ""}, {"local.settings.json", "{}"}}), "");
}

TEST(SecretFile, TemplatesAndOthersMayBeTracked) {
  const std::string real = "password = \"" + real_value() + "\"\n";
  EXPECT_EQ(told({{".streamlit/secrets.toml.example", real},
                  {".streamlit/secrets.example.toml", real},
                  {".streamlit/config.toml", real},
                  {"secrets.toml", real},
                  {".secrets.example.toml", real},
                  {"local.settings.json.sample", "{}"},
                  {"local.settings.sample.json", "{}"},
                  {"appsettings.Development.json", "{}"},
                  {"conf/base/parameters.yml", "a: 1\n"},
                  {"conf/local/.gitkeep", ""},
                  {"conf/local/README.md", "x"},
                  {"conf/local/credentials.example.yml", "a: 1\n"}}),
            "");
  EXPECT_EQ(told({{"conf/local/site.yml", "a: 1\n"}}), "") << "no project of Kedro's";
  EXPECT_EQ(told({{"build/conf/base/a.yml", "a: 1\n"}, {"other/conf/local/a.yml", "a: 1\n"}}), "");
  EXPECT_EQ(told({{".secrets.toml", "password = \"changeme\"\nuser = \"app\"\ntoken = \"@format {env[T]}\"\nkey = \"\"\nport = 1\nauth = true\n"}}), "");
  EXPECT_EQ(told({{".secrets.yaml", "password: ENC[AES256_GCM,data:x,type:str]\ntoken: ~\n"}}), "");
  EXPECT_EQ(told({{"local.settings.json", "{\"Values\": {\"Key\": \"<your key>\", \"S\": \"AccountName=devstoreaccount1;AccountKey=" + real_value() +
                                              "==\"}}"}}),
            "");
}

TEST(SecretFile, ThatCannotBeReadIsAProblem) {
  EXPECT_EQ(told({{".secrets.toml", "password = \n"}}), "problem .secrets.toml:1:12\n");
}

}  // namespace
}  // namespace sluice::policy
