// What one decision of the judgement costs: from the text to the verdict, and the parts of it.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "judge/assignment.h"
#include "judge/judge.h"

namespace {

using namespace sluice;

// A file of settings with `count` candidates of many kinds, and where they are.
struct Settings {
  std::string text;
  std::vector<judge::Subject> subjects;

  explicit Settings(int count) {
    const std::vector<std::pair<std::string, std::string>> lines = {
        {"db_password = \"", "\"\n"}, {"    client_secret: ", "\n"},   {"  \"apiToken\": \"", "\",\n"},
        {"export AUTH_KEY=", "\n"},   {"setPassword('", "');\n"},      {"<secret>", "</secret>\n"},
    };
    std::vector<std::pair<rules::Span, rules::Span>> places;
    unsigned state = 1;
    for (int i = 0; i < count; ++i) {
      const auto& [before, after] = lines[static_cast<std::size_t>(i) % lines.size()];
      std::string value;
      for (int k = 0; k < 8 + i % 32; ++k) value += "abcdefghijkmnopqrstuvwxyz0123456789ABCDEFG"[(state = state * 1103515245u + 12345u) >> 16 & 31u];
      text += "# what the service is told at its start, line " + std::to_string(i) + "\n" + before;
      const std::size_t name = text.size() - before.size();
      places.push_back({{name + before.find_first_not_of(" \"<"), text.size() - 2}, {text.size(), text.size() + value.size()}});
      text += value + after;
    }
    for (const auto& [name, value] : places) subjects.push_back({text, name, name, value, rules::Shape::assignment});
  }
};

const Settings& settings() {
  static const Settings all(120);
  return all;
}

judge::Company company_of(const Settings& all) {
  judge::Company company(all.text.size());
  for (const judge::Subject& subject : all.subjects) company.add(subject);
  company.close();
  return company;
}

// Features and both scores, as for a candidate that is told.
void decision(benchmark::State& state) {
  const judge::Model& model = judge::Model::builtin();
  const judge::Company company = company_of(settings());
  std::size_t i = 0;
  for (auto _ : state) {
    judge::Features features = judge::features_of(model, settings().subjects[i], company);
    benchmark::DoNotOptimize(judge::is_worth_placing(model, features));
    benchmark::DoNotOptimize(judge::decide(model, features, "deploy/production/settings.yaml"));
    i = (i + 1) % settings().subjects.size();
  }
}
BENCHMARK(decision);

void features(benchmark::State& state) {
  const judge::Model& model = judge::Model::builtin();
  const judge::Company company = company_of(settings());
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(judge::features_of(model, settings().subjects[i], company));
    i = (i + 1) % settings().subjects.size();
  }
}
BENCHMARK(features);

void score_by_path(benchmark::State& state) {
  const judge::Model& model = judge::Model::builtin();
  const judge::Company company = company_of(settings());
  std::vector<judge::Features> all;
  for (const judge::Subject& subject : settings().subjects) all.push_back(judge::features_of(model, subject, company));
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(model.by_path().score(all[i]));
    i = (i + 1) % all.size();
  }
}
BENCHMARK(score_by_path);

}  // namespace

BENCHMARK_MAIN();
