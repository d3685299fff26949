// Writes what the model is told about every candidate of the files below some folders, for
// train/train.py: features come from the program's own code, so that training and use cannot disagree.
//
//   detection_rows MODEL.bin OUT FOLDER...
//
// OUT.tsv: path below its folder, line, end line, column, rule, confidence of an unjudged rule or `-`, whether the model
// would keep it, its score by path. OUT.features: 32-bit floats, one row a judged line. OUT.grams: for
// each, three counts and as many 16-bit numbers (name, value, surroundings).
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/file.h"
#include "judge/context.h"
#include "judge/describe.h"
#include "judge/grams.h"
#include "judge/judge.h"
#include "judge/model_bytes.h"
#include "scan/encoding.h"
#include "scan/search.h"

namespace {

using namespace sluice;

class RowWriter {
 public:
  RowWriter(const judge::Model& model, const std::string& out)
      : model_(model), lines_(out + ".tsv"), features_(out + ".features"), grams_(out + ".grams") {
    for (const rules::Rule& rule : rules::builtin_rules()) rules_.push_back(&rule);
    scanner_ = std::make_unique<scan::Scanner>(rules_);
    search_ = std::make_unique<scan::Search>(*scanner_);
  }

  void add(const std::string& path, std::string_view bytes) {
    const scan::DecodedText text(bytes);
    const scan::Candidates candidates = search_->scan(text.view(), text.is_binary());
    breaks_.clear();
    for (const scan::Candidate& candidate : candidates) {
      if (candidate.outcome() != scan::Candidate::Outcome::accepted || is_judged(candidate)) continue;
      const std::string confidence(to_string(rules_[candidate.rule()]->confidence));
      if (!scan::applies_to(*rules_[candidate.rule()], path)) continue;
      add_line(path, text.view(), *rules_[candidate.rule()], candidate.secret(), confidence, 0, 0);
    }
    for (scan::Match& match : scanner_->judged_candidates(text.view(), candidates, model_)) {
      if (!scan::applies_to(*match.rule, path)) continue;
      judge::Features features = match.evidence->features;
      const judge::PathFeatures there = judge::describe_path(path);
      std::copy(there.begin(), there.end(), features.begin() + judge::first_path_feature);
      const judge::Ranks ranks = model_.ranks_of(features);
      add_line(path, text.view(), *match.rule, match.secret, "-", model_.by_text().score(ranks), model_.by_path().score(ranks));
      features_.write(reinterpret_cast<const char*>(features.data()), sizeof features);
      const scan::Candidate& candidate = *std::find_if(candidates.begin(), candidates.end(), [&](const auto& one) {
        return rules_[one.rule()] == match.rule && one.secret().begin == match.secret.begin &&
               one.outcome() == scan::Candidate::Outcome::accepted && one.secret().end == match.secret.end;
      });
      add_grams(judge::subject_of(text.view(), *match.rule, candidate.keyword(), match.secret));
    }
  }

 private:
  bool is_judged(const scan::Candidate& candidate) const { return rules_[candidate.rule()]->is_judged; }

  void add_line(const std::string& path, std::string_view text, const rules::Rule& rule, rules::Span secret,
                std::string_view confidence, float by_text, float by_path) {
    const auto [line, start] = place_of(text, secret.begin);
    const auto end_line = place_of(text, secret.end - 1).first;
    lines_ << fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{:.4f}\t{:.4f}\n", path, line, end_line, secret.begin - start,
                          rule.id, confidence, by_text, by_path);
  }

  // Line, from 1, and where it begins. Lines end at LF, CRLF, or CR alone.
  std::pair<std::size_t, std::size_t> place_of(std::string_view text, std::size_t at) {
    if (breaks_.empty()) {
      breaks_.push_back(0);
      for (std::size_t i = 0; i < text.size(); ++i) {
        const bool ends = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
        if (ends) breaks_.push_back(i + 1);
      }
    }
    const auto next = std::upper_bound(breaks_.begin(), breaks_.end(), at);
    return {next - breaks_.begin(), *(next - 1)};
  }

  void add_grams(const judge::Subject& subject) {
    judge::Grams grams[3];
    const judge::Context context(subject);
    judge::add_name_grams(subject, context, grams[0]);
    judge::add_value_grams(subject, context, grams[1]);
    judge::add_surrounding_grams(subject, context, grams[2]);
    for (const judge::Grams& one : grams) put(static_cast<std::uint16_t>(one.size()));
    for (const judge::Grams& one : grams) {
      for (const std::uint16_t gram : one) put(gram);
    }
  }

  void put(std::uint16_t number) { grams_.write(reinterpret_cast<const char*>(&number), sizeof number); }

  const judge::Model& model_;
  std::vector<const rules::Rule*> rules_;
  std::unique_ptr<scan::Scanner> scanner_;
  std::unique_ptr<scan::Search> search_;
  std::vector<std::size_t> breaks_;
  std::ofstream lines_, features_, grams_;
};

}  // namespace

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  if (argc == 2 && std::string_view(argv[1]) == "--features") {
    for (const std::string_view name : judge::feature_names) fmt::print("{}\n", name);
    return 0;
  }
  if (argc < 4) {
    std::fprintf(stderr, "usage: detection_rows MODEL.bin OUT FOLDER...\n");
    return 2;
  }
  const auto bytes = base::read_file(argv[1]);
  if (!bytes) return std::fprintf(stderr, "%s\n", to_string(bytes.error()).c_str()), 2;
  const auto model = judge::Model::parse(*bytes);
  if (!model) return std::fprintf(stderr, "%s\n", to_string(model.error()).c_str()), 2;
  // The scanner asks the one that is built in, which is the old one when features have changed.
  if (!judge::Model::parse(judge::model_bytes())) {
    std::fprintf(stderr,
                 "the model that is built in is for other features than these: copy %s to "
                 "src/judge/model.bin, build anew, then train\n",
                 argv[1]);
    return 2;
  }
  RowWriter writer(*model, argv[2]);
  for (int i = 3; i < argc; ++i) {
    std::vector<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(argv[i])) {
      if (entry.is_regular_file() && !entry.is_symlink()) paths.push_back(entry.path().string());
    }
    std::sort(paths.begin(), paths.end());
    for (const std::string& path : paths) {
      const std::string below = fs::path(path).lexically_relative(argv[i]).string();
      if (const auto text = base::read_file(path); text) writer.add(below, *text);
    }
  }
  return 0;
}
