// render_sample DIR: writes every sample audit in every format to DIR/<case>.<format>, for the
// tests that hold them against schemas and open them in a browser.
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "report/formats.h"
#include "report/sample.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: render_sample DIR\n", stderr);
    return 2;
  }
  namespace sample = sluice::report::sample;
  const std::vector<std::pair<std::string, sluice::Audit>> audits = {
      {"rich", sample::rich()},           {"clean", sample::clean()},
      {"undecided", sample::undecided()}, {"hostile", sample::hostile()},
      {"many", sample::many(10'000)},     {"some", sample::many(160)}};
  sluice::report::RenderOptions options;
  options.tool_version = "1.2.3";
  for (const auto& [name, audit] : audits) {
    for (const auto& format : sluice::report::formats()) {
      const std::string path = std::string(argv[1]) + "/" + name + "." + std::string(format.name);
      std::ofstream file(path, std::ios::binary);
      file << format.render(audit, options);
      file.close();
      if (!file) {
        std::fprintf(stderr, "cannot write %s\n", path.c_str());
        return 2;
      }
    }
  }
  return 0;
}
