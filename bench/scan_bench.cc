// Throughput of the scan engine's parts over one text: `make bench` runs bench/compare; this is for the
// people who work on the engine.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "rules/rule_set.h"
#include "rules/template.h"
#include "scan/prefilter.h"
#include "scan/scanner.h"

namespace {

using namespace sluice;

std::vector<const rules::Rule*> all_rules() {
  std::vector<const rules::Rule*> all;
  for (const rules::Rule& rule : rules::builtin_rules()) all.push_back(&rule);
  return all;
}

// Source-like text with a keyword every few lines.
std::string source_text(std::size_t size) {
  std::string text;
  for (int i = 0; text.size() < size; ++i) {
    text += "  const auto value_" + std::to_string(i) + " = compute(index, " + std::to_string(i * 7) + ");\n";
    if (i % 5 == 0) text += "  token_count += tokens.size();  // key of the map\n";
  }
  return text;
}

std::string dense_text(std::size_t size) {
  std::string text;
  while (text.size() < size) text += "key=token;secret:api_password ";
  return text;
}

void scan(benchmark::State& state, const std::string& text) {
  const scan::Scanner scanner(all_rules());
  for (auto _ : state) benchmark::DoNotOptimize(scanner.scan(text, false));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void BM_ScanSource(benchmark::State& state) { scan(state, source_text(1 << 20)); }
void BM_ScanDense(benchmark::State& state) { scan(state, dense_text(200'000)); }

void BM_Prefilter(benchmark::State& state) {
  std::vector<std::string_view> literals;
  for (const rules::Rule* rule : all_rules()) {
    literals.insert(literals.end(), rule->keywords.begin(), rule->keywords.end());
  }
  const scan::PrefilterArrays arrays(literals);
  const scan::Prefilter prefilter(arrays.tables());
  const std::string text = source_text(1 << 20);
  for (auto _ : state) {
    std::size_t hits = 0;
    prefilter.search(text, 0, text.size(), [&](std::uint32_t, std::size_t, std::size_t) { ++hits; });
    benchmark::DoNotOptimize(hits);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void BM_StartUp(benchmark::State& state) {
  for (auto _ : state) {
    const scan::Scanner scanner(all_rules());
    benchmark::DoNotOptimize(&scanner);
  }
}

BENCHMARK(BM_ScanSource);
BENCHMARK(BM_ScanDense);
BENCHMARK(BM_Prefilter);
BENCHMARK(BM_StartUp);

}  // namespace

BENCHMARK_MAIN();
