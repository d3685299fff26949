// What one decision of the judgement costs: from the text to the verdict, and the parts of it.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "judge/assignment.h"
#include "judge/company.h"
#include "judge/judge.h"
#include "rules/rule_set.h"

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

const judge::Providers& providers() {
  static const judge::Providers known = [] {
    std::vector<const rules::Rule*> all;
    for (const rules::Rule& rule : rules::builtin_rules()) all.push_back(&rule);
    return judge::Providers(std::move(all));
  }();
  return known;
}

judge::Company company_of(const Settings& all) {
  judge::Company company(all.text.size());
  for (const judge::Subject& subject : all.subjects) company.add(subject.value, judge::likeness_of(subject));
  company.close();
  return company;
}

judge::Evidence evidence_of(const judge::Model& model, const judge::Company& company, const judge::Subject& subject) {
  judge::Evidence evidence{judge::describe(model, providers(), subject), {}};
  company.describe(subject.value, judge::likeness_of(subject), evidence.features);
  judge::ask(model, evidence);
  return evidence;
}

judge::Whereabouts whereabouts() { return judge::whereabouts_of(judge::Model::builtin(), "deploy/production/settings.yaml"); }

// From the text to the verdict, as for a candidate that is told, one of many of a file.
void decision(benchmark::State& state) {
  const judge::Model& model = judge::Model::builtin();
  const judge::Company company = company_of(settings());
  const judge::Whereabouts there = whereabouts();
  std::size_t i = 0;
  for (auto _ : state) {
    judge::Evidence evidence = evidence_of(model, company, settings().subjects[i]);
    benchmark::DoNotOptimize(judge::is_worth_placing(model, evidence));
    benchmark::DoNotOptimize(judge::decide(model, evidence, there));
    i = (i + 1) % settings().subjects.size();
  }
}
BENCHMARK(decision);

// The part that is done once for a candidate, however many versions of a file hold it.
void features(benchmark::State& state) {
  const judge::Model& model = judge::Model::builtin();
  const judge::Company company = company_of(settings());
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(evidence_of(model, company, settings().subjects[i]));
    i = (i + 1) % settings().subjects.size();
  }
}
BENCHMARK(features);

// The part that is done for each path: what the trees say of features that are known.
void verdict(benchmark::State& state) {
  const judge::Model& model = judge::Model::builtin();
  const judge::Company company = company_of(settings());
  const judge::Whereabouts there = whereabouts();
  std::vector<judge::Evidence> all;
  for (const judge::Subject& subject : settings().subjects) all.push_back(evidence_of(model, company, subject));
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(judge::is_worth_placing(model, all[i]));
    benchmark::DoNotOptimize(judge::decide(model, all[i], there));
    i = (i + 1) % all.size();
  }
}
BENCHMARK(verdict);

// The part that is done once for a path.
void path(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(whereabouts());
}
BENCHMARK(path);

}  // namespace

BENCHMARK_MAIN();
