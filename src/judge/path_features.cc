#include <algorithm>
#include <array>

#include "judge/describe.h"
#include "judge/word_kinds.h"

namespace sluice::judge {
namespace {

// Kinds of files, by their names' endings; the numbers are what the model knows.
enum FileKind { other_file, code, script, markup, data, configuration, document, shell, key_file, log_file, message };

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

struct KindOfEnding {
  std::uint32_t hash;
  FileKind kind;
};

constexpr auto kinds = [] {
  std::array<KindOfEnding, std::size(endings)> hashed{};
  for (std::size_t i = 0; i < hashed.size(); ++i) hashed[i] = {hash_of(endings[i].name), endings[i].kind};
  std::sort(hashed.begin(), hashed.end(), [](const auto& a, const auto& b) { return a.hash < b.hash; });
  return hashed;
}();

FileKind kind_of(std::string_view path) {
  if (path.empty()) return message;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return other_file;
  const std::uint32_t hash = hash_of(name.substr(dot + 1));
  const auto* const found = std::lower_bound(kinds.begin(), kinds.end(), hash,
                                             [](const KindOfEnding& one, std::uint32_t wanted) { return one.hash < wanted; });
  if (found != kinds.end() && found->hash == hash) return found->kind;
  return name.find(".env") != std::string_view::npos ? configuration : other_file;
}

constexpr std::uint32_t bit_of(std::size_t feature) { return 1u << (feature - first_path_feature); }

constexpr WordKinds<256> path_words({
    {bit_of(f_in_tests), {"test", "tests", "testing", "spec", "specs", "mock", "mocks", "fixture", "fixtures", "testdata",
                          "unittest", "unittests", "testcases", "regress", "t"}},
    {bit_of(f_in_examples), {"example", "examples", "sample", "samples", "demo", "demos", "doc", "docs", "tutorial", "tutorials",
                             "template", "documentation", "man"}},
    {bit_of(f_in_vendor), {"vendor", "node", "third", "thirdparty", "external", "modules", "dist", "build"}},
    {bit_of(f_in_translations), {"locale", "locales", "lang", "i", "l", "po", "translations", "translation", "messages"}},
    {bit_of(f_in_configuration), {"config", "conf", "configuration", "settings", "env", "deploy", "docker", "secret", "secrets"}},
    {bit_of(f_is_generated), {"min", "bundle", "generated", "map", "snap", "pb"}},
    {bit_of(f_is_lock_file), {"lock", "sum", "lockfile"}},
});

}  // namespace

void describe_path(std::string_view path, Features& out) {
  std::fill(out.begin() + first_path_feature, out.end(), 0.0f);
  out[f_file_kind] = static_cast<float>(kind_of(path));
  std::uint32_t kinds = 0;
  for_each_word(path, [&](std::string_view one) {
    if (path_words.may_hold(one.front(), one.size())) kinds |= path_words.of(hash_of(one));
  });
  for (std::size_t feature = f_in_tests; feature < feature_count; ++feature) out[feature] = (kinds & bit_of(feature)) != 0;
}

}  // namespace sluice::judge
