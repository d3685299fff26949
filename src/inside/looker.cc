#include "inside/looker.h"

#include <fmt/format.h>

#include <algorithm>

#include "decode/decoder.h"
#include "decode/run_search.h"
#include "scan/encoding.h"

namespace sluice::inside {

using decode::Decoded;
using decode::EncodedRun;
using scan::Match;

namespace {

constexpr std::size_t largest_inflated = 64u << 20;
constexpr std::size_t most_matches = 1000;  // of one run

// Whether a part of `span` was written as something else.
bool is_changed(const Decoded& decoded, rules::Span span) {
  const auto begin = decoded.changed.begin();
  const auto offset = [](std::size_t at) { return static_cast<std::ptrdiff_t>(at); };
  return std::find(begin + offset(span.begin), begin + offset(span.end), true) != begin + offset(span.end);
}

// Where the decoded bytes of `span` stand in the text around the run.
rules::Span origin_of(const EncodedRun& run, const Decoded& decoded, rules::Span span) {
  const std::size_t begin = run.begin + decoded.from[span.begin];
  return {begin, std::max<std::size_t>(begin + 1, run.begin + decoded.from[span.end])};
}

std::string joined(std::string_view a, std::string_view b) {
  if (b.empty()) return std::string(a);
  return std::string(a) + "!" + std::string(b);
}

// What was found in the bytes of a run, with where they came from as far as that is known.
class RunMatches {
 public:
  RunMatches(const EncodedRun& run, const Decoded* decoded, std::string way)
      : run_(run), decoded_(decoded), way_(std::move(way)) {}

  void add(std::string_view text, const Match& match) {
    add({match, std::string(text.substr(match.secret.begin, match.secret.end - match.secret.begin)), "", true});
  }

  void add(HiddenMatch hidden) {
    if (found_.size() >= most_matches) return;
    hidden.way = joined(way_, hidden.way);
    if (decoded_ != nullptr) {
      hidden.match.whole = origin_of(run_, *decoded_, hidden.match.whole);
      hidden.match.secret = origin_of(run_, *decoded_, hidden.match.secret);
    } else {
      hidden.match.whole = hidden.match.secret = {run_.begin, run_.end};
      hidden.has_place = false;
    }
    found_.push_back(std::move(hidden));
  }

  std::vector<HiddenMatch> take() { return std::move(found_); }

 private:
  const EncodedRun& run_;
  const Decoded* decoded_;
  std::string way_;
  std::vector<HiddenMatch> found_;
};

// Gathers what a container in a run holds.
class ContainerInRun : public InnerVisitor {
 public:
  ContainerInRun(RunMatches& matches, std::vector<Notice>& notices) : matches_(matches), notices_(notices) {}
  void found(const InnerText& inner) override {
    for (const Match& match : inner.matches) {
      HiddenMatch hidden{match, std::string(inner.text.substr(match.secret.begin, match.secret.end - match.secret.begin)), inner.way, true};
      matches_.add(std::move(hidden));
    }
    for (HiddenMatch hidden : inner.hidden) {
      hidden.way = joined(inner.way, hidden.way);
      matches_.add(std::move(hidden));
    }
  }
  void undecided(Notice notice) override { notices_.push_back(std::move(notice)); }
  // A text that only begins like an archive is nothing to complain of.
  void unreadable(Notice) override {}

 private:
  RunMatches& matches_;
  std::vector<Notice>& notices_;
};

}  // namespace

std::vector<Match> Looker::matches_in(std::string_view text, bool is_binary) {
  std::vector<Match> matches = scanner_.matches_of(text, search_.scan_once(text, is_binary));
  scan::verify_structure(text, matches);
  return matches;
}

std::vector<HiddenMatch> Looker::hidden_in(std::string_view text, unsigned depth) {
  std::vector<HiddenMatch> all;
  decode::search_runs(text, [&](std::string_view, const EncodedRun& run) {
    if (depth >= limits_.depth) {
      notices_.push_back({"", fmt::format("encodings lie in each other deeper than {}", limits_.depth)});
      return false;
    }
    std::vector<HiddenMatch> found = look_into(text, run, depth);
    std::move(found.begin(), found.end(), std::back_inserter(all));
    return false;
  });
  return all;
}

std::vector<HiddenMatch> Looker::look_into(std::string_view text, const EncodedRun& run) {
  return look_into(text, run, 0);
}

std::vector<HiddenMatch> Looker::look_into(std::string_view text, const EncodedRun& run, unsigned depth) {
  const Decoded decoded = decode::decode(text, run);
  std::string way(decode::to_string(run.encoding));
  if (run.end - run.begin >= decode::longest_run) {
    notices_.push_back({way, fmt::format("it is longer than {} MiB", decode::longest_run >> 20)});
  }
  bool is_cut = false;
  auto inflated = decode::inflate(decoded.text, largest_inflated, is_cut);
  if (inflated) way += "!gzip";
  if (is_cut) notices_.push_back({way, fmt::format("it inflates to more than {} MiB", largest_inflated >> 20)});
  const std::string_view bytes = inflated ? *inflated : decoded.text;
  if (!inflated && container::kind_of(bytes) == container::Kind::archive) {
    RunMatches matches(run, nullptr, std::move(way));
    ContainerInRun visitor(matches, notices_);
    container::Budget budget(limits_);
    open(bytes, budget, depth + 1, visitor);
    return matches.take();
  }
  const scan::DecodedText inner(bytes);
  const bool has_places = !inflated && inner.is_verbatim() && inner.left_out() == 0;
  RunMatches matches(run, has_places ? &decoded : nullptr, std::move(way));
  for (const Match& match : matches_in(inner.view(), inner.is_binary())) {
    if (!has_places || is_changed(decoded, match.whole)) matches.add(inner.view(), match);
  }
  for (HiddenMatch& hidden : hidden_in(inner.view(), depth + 1)) matches.add(std::move(hidden));
  return matches.take();
}

// One container being read, and those in it.
class Opening : public container::Visitor {
 public:
  Opening(Looker& looker, container::Budget& budget, std::string way, unsigned depth, InnerVisitor& visitor)
      : looker_(looker), budget_(budget), way_(std::move(way)), depth_(depth), visitor_(visitor) {}

  void read(std::string_view bytes) {
    if (const Status status = container::open(bytes, budget_, *this); !status) {
      visitor_.undecided({way_, status.error().what + "; " + status.error().remedy});
    }
  }

  void entry(std::string_view name, std::string_view bytes) override {
    constexpr std::size_t longest_name = 512;
    std::string way = way_;
    if (!name.empty()) way = joined(way_, name.substr(0, longest_name));
    if (way_.empty()) way = std::string(name.substr(0, longest_name));
    const scan::DecodedText text(bytes);
    InnerText inner{way, text.view(), looker_.matches_in(text.view(), text.is_binary()), {}};
    inner.hidden = looker_.hidden_in(text.view(), depth_);
    if (!inner.matches.empty() || !inner.hidden.empty()) visitor_.found(inner);
    if (container::kind_of(bytes) == container::Kind::none) return;
    if (depth_ + 1 >= looker_.limits_.depth) {
      visitor_.undecided({way, fmt::format("containers lie in each other deeper than {}", looker_.limits_.depth)});
      return;
    }
    Opening(looker_, budget_, way, depth_ + 1, visitor_).read(bytes);
  }

  void limited(std::string what) override { visitor_.undecided({way_, std::move(what)}); }
  void unreadable(std::string what) override { visitor_.unreadable({way_, std::move(what)}); }

 private:
  Looker& looker_;
  container::Budget& budget_;
  std::string way_;
  unsigned depth_;
  InnerVisitor& visitor_;
};

void Looker::open(std::string_view bytes, InnerVisitor& visitor) {
  if (container::kind_of(bytes) == container::Kind::none) return;
  container::Budget budget(limits_);
  open(bytes, budget, 0, visitor);
}

void Looker::open(std::string_view bytes, container::Budget& budget, unsigned depth, InnerVisitor& visitor) {
  Opening(*this, budget, "", depth, visitor).read(bytes);
}

}  // namespace sluice::inside
