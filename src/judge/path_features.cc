#include "judge/describe.h"
#include "judge/word_kinds.h"

namespace sluice::judge {
namespace {

// Kinds of files, by their names' endings; the numbers are what the model knows.
enum FileKind { other_file, code, script, markup, data, configuration, document, shell, key_file, log_file, message };

// What a name's ending tells; each is the bits of its kind.
constexpr WordKinds<256> endings({
    {code, {"c", "h", "cc", "cpp", "hpp", "cs", "java", "go", "rs", "swift", "kt", "scala", "m", "groovy", "erl"}},
    {script, {"py", "rb", "php", "js", "ts", "jsx", "tsx", "pl", "lua", "ex", "exs", "dart", "coffee"}},
    {markup, {"html", "htm", "xml", "erb", "vue", "jsp", "storyboard", "xib"}},
    {data, {"json", "csv", "tsv", "sql", "svg", "ipynb", "snap", "po"}},
    {configuration, {"yml", "yaml", "toml", "ini", "cfg", "conf", "config", "properties", "env", "tf", "tfvars",
                     "plist", "ldif", "cnf"}},
    {document, {"md", "rst", "txt", "adoc", "asciidoc"}},
    {shell, {"sh", "bash", "zsh", "ps1", "bat", "cmd"}},
    {key_file, {"pem", "key", "crt", "cer", "pub"}},
    {log_file, {"log"}},
});

FileKind kind_of(std::string_view path) {
  if (path.empty()) return message;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return other_file;
  const std::uint32_t found = endings.of(hash_of(name.substr(dot + 1)));
  if (found != 0) return static_cast<FileKind>(found);
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

PathFeatures describe_path(std::string_view path) {
  PathFeatures out{};
  out[f_file_kind - first_path_feature] = static_cast<float>(kind_of(path));
  std::uint32_t kinds = 0;
  for_each_word(path, [&](std::string_view one) {
    if (path_words.may_hold(one.front(), one.size())) kinds |= path_words.of(hash_of(one));
  });
  for (std::size_t i = f_in_tests - first_path_feature; i < out.size(); ++i) out[i] = (kinds >> i & 1u) != 0;
  return out;
}

}  // namespace sluice::judge
