#include "git/ignore.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <iterator>
#include <map>
#include <random>

#include "support/git_repository.h"

namespace sluice::git {
namespace {

using sluice::testing::GitRepository;

// Draws ignore files and paths that meet often enough to matter.
class IgnoreGenerator {
 public:
  explicit IgnoreGenerator(unsigned seed) : random_(seed) {}

  std::string line() {
    std::string text;
    if (chance(5)) text += "!";
    if (chance(20)) text += "#";
    if (chance(5)) text += "/";
    const std::size_t parts = 1 + random_() % 5;
    for (std::size_t i = 0; i < parts; ++i) text += pick(atoms_);
    if (chance(4)) text += "/";
    if (chance(10)) text += "  ";
    if (chance(20)) text += "\\ ";
    if (chance(10)) text += "\r";
    return text;
  }

  std::string file() {
    std::string content = chance(6) ? "\xEF\xBB\xBF" : "";
    const std::size_t lines = 1 + random_() % 7;
    for (std::size_t i = 0; i < lines; ++i) content += line() + "\n";
    if (chance(5)) content.pop_back();
    return content;
  }

  std::string folder_name() { return pick(folders_); }
  std::string file_name() { return pick(files_); }
  bool chance(unsigned one_in) { return random_() % one_in == 0; }
  std::mt19937& random() { return random_; }

 private:
  template <std::size_t n>
  std::string pick(const char* const (&from)[n]) {
    return from[random_() % n];
  }

  static constexpr const char* const atoms_[] = {
      "a",    "b",           "c",           "a",     "b",     "foo", ".env",    "A",
      "*",    "*",           "**",          "?",     "/",     "/",   "**/",     "/**",
      "[ab]", "[!a]",        "[^b]",        "[a-c]", "[]a]",  "[",   "]",       "\\",
      "\\*",  "[[:alpha:]]", "[[:upper:]]", "[[:x]", " ",     "\\ ", "-",       "[a-",
      "\\!",  "[[:no:]]",    "***",         "[A-B]", "[\\]]", ".",   "[a\\-b]", "\\/"};
  static constexpr const char* const folders_[] = {"a", "b", "ab", "foo", "A", "c"};
  static constexpr const char* const files_[] = {"a",  "b",    "c",   "ab",  "foo", ".env",
                                                 "A",  "B",    "*",   "a b", "a ",  "!a",
                                                 "#a", "[ab]", "a.c", "]",   "-",   "fooa"};
  std::mt19937 random_;
};

struct Question {
  std::string path;
  bool is_directory;
};

// Folders a/…, two levels of them below each, made once and really there.
std::vector<std::string> make_folders(const GitRepository& repo) {
  const std::vector<std::string> names = {"a", "b", "ab", "foo", "A", "c"};
  std::vector<std::string> folders;
  for (const std::string& one : names) {
    folders.push_back(one);
    for (const std::string& two : names) {
      folders.push_back(one + "/" + two);
      for (const std::string& three : names) folders.push_back(one + "/" + two + "/" + three);
    }
  }
  for (const std::string& folder : folders)
    std::filesystem::create_directories(repo.path() + "/" + folder);
  return folders;
}

std::map<std::string, std::string> draw_ignore_files(IgnoreGenerator& draw,
                                                     const std::vector<std::string>& folders) {
  std::map<std::string, std::string> files{{"", draw.file()}};
  while (files.size() < 5) {
    // Mostly shallow ones, which govern many paths.
    std::string folder =
        draw.chance(2) ? draw.folder_name() : folders[draw.random()() % folders.size()];
    files.emplace(std::move(folder), draw.file());
  }
  return files;
}

std::vector<Question> draw_questions(IgnoreGenerator& draw,
                                     const std::vector<std::string>& folders) {
  std::vector<Question> questions;
  for (int i = 0; i < 150; ++i)
    questions.push_back({folders[draw.random()() % folders.size()], true});
  for (int i = 0; i < 350; ++i) {
    std::string path = draw.chance(4) ? "" : folders[draw.random()() % folders.size()] + "/";
    if (draw.chance(6)) path += "absent/";
    // A name that is also a folder here would be taken for one by git.
    const std::string name = draw.file_name() + (draw.chance(3) ? "" : ".env");
    questions.push_back({path + name, false});
  }
  std::erase_if(questions, [&](const Question& question) {
    return !question.is_directory &&
           std::find(folders.begin(), folders.end(), question.path) != folders.end();
  });
  return questions;
}

std::vector<std::string> fields(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\0', at);
    found.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return found;
}

void compare_with_git(const GitRepository& repo, const std::vector<Question>& questions,
                      const IgnoreRules& rules, bool ignore_case) {
  std::string input;
  for (const Question& question : questions) input += question.path + '\0';
  const auto result =
      repo.try_git({"-c", std::string("core.ignorecase=") + (ignore_case ? "1" : "0"),
                    "check-ignore", "--no-index", "-v", "-n", "-z", "--stdin"},
                   input);
  const std::vector<std::string> answers = fields(result.out);
  ASSERT_EQ(answers.size(), questions.size() * 4) << result.err;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Question& question = questions[i];
    const IgnoreVerdict verdict = rules.check(question.path, question.is_directory);
    const std::string line = verdict.line == 0 ? "" : std::to_string(verdict.line);
    const bool ignored = !answers[i * 4 + 2].empty() && answers[i * 4 + 2][0] != '!';
    ASSERT_TRUE(verdict.file == answers[i * 4] && line == answers[i * 4 + 1] &&
                verdict.pattern == answers[i * 4 + 2] && verdict.ignored == ignored)
        << "path <" << question.path << "> " << (question.is_directory ? "folder" : "file")
        << "\ngit:  " << answers[i * 4] << ":" << answers[i * 4 + 1] << ":<" << answers[i * 4 + 2]
        << ">\nhere: " << verdict.file << ":" << line << ":<" << verdict.pattern << ">";
  }
}

TEST(Ignore, EqualsCheckIgnoreOnGeneratedCases) {
  const GitRepository repo;
  const std::vector<std::string> folders = make_folders(repo);
  std::size_t cases = 0;
  // SLUICE_DIFFERENTIAL asks for more cases (make differential).
  const char* wanted = std::getenv("SLUICE_DIFFERENTIAL");
  const std::size_t least =
      wanted == nullptr ? 20'000 : static_cast<std::size_t>(std::atol(wanted));
  for (unsigned round = 0; round < 60 || cases < least; ++round) {
    IgnoreGenerator draw(round);
    const bool ignore_case = round % 4 == 3;
    const auto files = draw_ignore_files(draw, folders);
    IgnoreRules rules(ignore_case);
    for (const auto& [folder, content] : files) {
      const std::string directory = folder.empty() ? "" : folder + "/";
      repo.write(directory + ".gitignore", content);
      rules.add_file(folder, content);
    }
    const auto questions = draw_questions(draw, folders);
    cases += questions.size();
    compare_with_git(repo, questions, rules, ignore_case);
    if (HasFatalFailure()) {
      for (const auto& [folder, content] : files)
        ADD_FAILURE() << "round " << round << " <" << folder << ">\n" << content;
      return;
    }
    for (const auto& [folder, content] : files) repo.remove(folder + "/.gitignore");
  }
  EXPECT_GE(cases, least);
  RecordProperty("cases", static_cast<int>(cases));
}

IgnoreVerdict verdict_of(const std::string& content, const std::string& path,
                         bool is_directory = false) {
  IgnoreRules rules;
  rules.add_file("", content);
  return rules.check(path, is_directory);
}

TEST(Ignore, TrapsForDotEnv) {
  EXPECT_FALSE(verdict_of(".env/\n", ".env").ignored);
  EXPECT_FALSE(verdict_of(".env # secrets\n", ".env").ignored);
  EXPECT_FALSE(verdict_of(".env{,.local}\n", ".env").ignored);
  EXPECT_FALSE(verdict_of("/.env\n", "services/api/.env").ignored);
  EXPECT_FALSE(verdict_of(".env.*\n", ".env").ignored);
  EXPECT_TRUE(verdict_of("*.env\n", "deep/prod.env").ignored);
  EXPECT_TRUE(verdict_of("\xEF\xBB\xBF.env\r\n", "a/.env").ignored);
  EXPECT_TRUE(verdict_of("config/\n!config/.env.example\n", "config/.env.example").ignored);
  EXPECT_FALSE(verdict_of("config/*\n!config/.env.example\n", "config/.env.example").ignored);
}

TEST(Ignore, NearestFileWinsEvenWithANegation) {
  IgnoreRules rules;
  rules.add_file("", ".env\nsecrets/\n");
  rules.add_file("a", "!.env\n!secrets\n");
  EXPECT_TRUE(rules.check("b/.env", false).ignored);
  const IgnoreVerdict env = rules.check("a/.env", false);
  EXPECT_FALSE(env.ignored);
  EXPECT_EQ(env.file, "a/.gitignore");
  EXPECT_EQ(env.line, 1u);
  EXPECT_EQ(env.pattern, "!.env");
  EXPECT_TRUE(rules.check("a/secrets/.env.local", false).file.empty());
}

TEST(Ignore, SaysWhichLineDecided) {
  const IgnoreVerdict verdict = verdict_of("# notes\n\nbuild/\n*.log  \n", "x/build/y/z");
  EXPECT_TRUE(verdict.ignored);
  EXPECT_EQ(verdict.file, ".gitignore");
  EXPECT_EQ(verdict.line, 3u);
  EXPECT_EQ(verdict.pattern, "build/");
  EXPECT_EQ(verdict_of("*.log  \n", "a.log").pattern, "*.log");
}

TEST(Ignore, TheTopItselfIsNeverIgnored) { EXPECT_FALSE(verdict_of("*\n", "").ignored); }

}  // namespace
}  // namespace sluice::git
