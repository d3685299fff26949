// Runs a fuzz target over the files of a corpus folder, each also cut short and with bytes flipped,
// so that a plain test run exercises the target without libFuzzer.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

void run_with_mutations(const std::string& bytes) {
  run(bytes);
  const std::size_t step = bytes.size() / 64 + 1;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    run(bytes.substr(0, at));
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    run(flipped);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t inputs = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      run_with_mutations({std::istreambuf_iterator<char>(file), {}});
      ++inputs;
    }
  }
  std::printf("%zu corpus files\n", inputs);
  return inputs == 0 ? 1 : 0;
}
