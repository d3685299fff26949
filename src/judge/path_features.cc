#include <algorithm>

#include "base/text.h"
#include "judge/describe.h"
#include "judge/word_cursor.h"

namespace sluice::judge {
namespace {

// Kinds of files, by their names' endings; the numbers are what the model knows.
enum FileKind { other_file, code, script, markup, data, configuration, document, shell, key_file, log_file };

struct Ending {
  std::string_view name;
  FileKind kind;
};

constexpr Ending endings[] = {
    {"c", code}, {"h", code}, {"cc", code}, {"cpp", code}, {"hpp", code}, {"cs", code}, {"java", code}, {"go", code},
    {"rs", code}, {"swift", code}, {"kt", code}, {"scala", code}, {"m", code}, {"groovy", code}, {"erl", code},
    {"py", script}, {"rb", script}, {"php", script}, {"js", script}, {"ts", script}, {"jsx", script}, {"tsx", script},
    {"pl", script}, {"lua", script}, {"ex", script}, {"exs", script}, {"dart", script}, {"coffee", script},
    {"html", markup}, {"htm", markup}, {"xml", markup}, {"erb", markup}, {"vue", markup}, {"jsp", markup},
    {"storyboard", markup}, {"xib", markup}, {"json", data}, {"csv", data}, {"tsv", data}, {"sql", data},
    {"svg", data}, {"ipynb", data}, {"snap", data}, {"po", data}, {"yml", configuration}, {"yaml", configuration},
    {"toml", configuration}, {"ini", configuration}, {"cfg", configuration}, {"conf", configuration},
    {"config", configuration}, {"properties", configuration}, {"env", configuration}, {"tf", configuration},
    {"tfvars", configuration}, {"plist", configuration}, {"ldif", configuration}, {"cnf", configuration},
    {"md", document}, {"rst", document}, {"txt", document}, {"adoc", document}, {"asciidoc", document},
    {"sh", shell}, {"bash", shell}, {"zsh", shell}, {"ps1", shell}, {"bat", shell}, {"cmd", shell},
    {"pem", key_file}, {"key", key_file}, {"crt", key_file}, {"cer", key_file}, {"pub", key_file}, {"log", log_file},
};

FileKind kind_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return other_file;
  const std::string_view ending = name.substr(dot + 1);
  const auto* const found = std::find_if(std::begin(endings), std::end(endings), [&](const Ending& one) {
    return base::equals_ignoring_case(one.name, ending);
  });
  if (found != std::end(endings)) return found->kind;
  return name.find(".env") != std::string_view::npos ? configuration : other_file;
}

bool is_any(std::uint32_t hash, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view one) { return hash_of(one) == hash; });
}

void describe_word(std::uint32_t hash, Features& out) {
  const auto say = [&](Feature feature, std::initializer_list<std::string_view> words) {
    if (is_any(hash, words)) out[feature] = 1;
  };
  say(f_in_tests, {"test", "tests", "testing", "spec", "specs", "mock", "mocks", "fixture", "fixtures", "testdata"});
  say(f_in_examples, {"example", "examples", "sample", "samples", "demo", "demos", "doc", "docs", "tutorial", "template"});
  say(f_in_vendor, {"vendor", "node", "third", "thirdparty", "external", "modules", "dist", "build"});
  say(f_in_translations, {"locale", "locales", "lang", "i", "l", "translations", "translation", "messages"});
  say(f_in_configuration, {"config", "conf", "configuration", "settings", "env", "deploy", "docker", "secret", "secrets"});
  say(f_is_generated, {"min", "bundle", "generated", "map", "snap", "pb"});
  say(f_is_lock_file, {"lock", "sum", "lockfile"});
}

}  // namespace

void describe_path(std::string_view path, Features& out) {
  std::fill(out.begin() + first_path_feature, out.end(), 0.0f);
  const std::size_t slash = path.rfind('/');
  out[f_file_kind] = static_cast<float>(kind_of(slash == std::string_view::npos ? path : path.substr(slash + 1)));
  for_each_word(path, [&](std::string_view, std::uint32_t hash) { describe_word(hash, out); });
}

}  // namespace sluice::judge
