#include "app/inner_hits.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "container/container.h"
#include "decode/run_search.h"
#include "finding/fingerprint.h"
#include "git/large_file.h"
#include "scan/encoding.h"
#include "scan/search.h"
#include "suppress/allow_comment.h"

namespace sluice::app {

using inside::HiddenMatch;
using scan::Match;

namespace {

// Suppresses the finding where an allow comment with a reason says so.
Hit make_hit(scan::ScannedFinding scanned) {
  Hit hit{std::move(scanned.finding), scanned.rule, std::move(scanned.evidence), scanned.secret, false};
  const auto comment =
      suppress::find_allow_comment(hit.finding.rule, scanned.line, scanned.line_above);
  if (comment) {
    hit.comment_without_reason = comment->reason.empty();
    if (!comment->reason.empty()) hit.finding.suppressed = Suppression{"comment", comment->reason};
  }
  return hit;
}

std::string place_of(const source::Item& item, const std::string& way) {
  std::string place = item.paths.empty() ? item.origin.object : item.paths.front();
  if (!way.empty()) place += "!" + way;
  return place;
}

Problem undecided(const source::Item& item, const inside::Notice& notice) {
  return {fmt::format("not all of it was looked at: {}", notice.what), place_of(item, notice.way),
          "look at it by hand; --max-blob-size leaves such files out"};
}

// A match and, when it is hidden, where.
struct Sorted {
  Match match;
  const HiddenMatch* hidden;
};

// Whether a hidden match without a place of its own is left to one that stands where it hides. What has a place is
// weighed against the others there by its path's rules, once the path is known.
bool is_beaten(const HiddenMatch& hidden, const std::vector<Match>& matches) {
  if (hidden.has_place) return false;
  const scan::Place nowhere("");
  const Confidence own = scan::confidence_at(hidden.match, nowhere).value_or(hidden.match.confidence);
  return std::any_of(matches.begin(), matches.end(), [&](const Match& match) {
    if (match.secret.end <= hidden.match.secret.begin || hidden.match.secret.end <= match.secret.begin) return false;
    const auto other = scan::confidence_at(match, nowhere);
    return other && *other >= own;
  });
}

std::vector<Sorted> sorted(const std::vector<Match>& matches, const std::vector<HiddenMatch>& hidden) {
  std::vector<Sorted> all;
  for (const Match& match : matches) all.push_back({match, nullptr});
  for (const HiddenMatch& one : hidden) {
    if (!is_beaten(one, matches)) all.push_back({one.match, &one});
  }
  std::stable_sort(all.begin(), all.end(), [](const Sorted& a, const Sorted& b) {
    return std::pair(a.match.secret.begin, a.match.secret.end) < std::pair(b.match.secret.begin, b.match.secret.end);
  });
  return all;
}

// The hits of a text, and apart those without a place of their own.
struct TextHits {
  std::vector<Hit> hits;
  std::vector<Hit> placeless;
};

TextHits hits_of(std::string_view text, const std::vector<Match>& matches, const std::vector<HiddenMatch>& hidden) {
  const std::vector<Sorted> all = sorted(matches, hidden);
  std::vector<Match> in_order;
  for (const Sorted& one : all) in_order.push_back(one.match);
  std::vector<scan::ScannedFinding> findings = scan::build_findings(text, in_order);
  TextHits made;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    Finding& finding = findings[i].finding;
    const HiddenMatch* const one = all[i].hidden;
    if (one != nullptr) {
      finding.fingerprint = fingerprint(finding.rule, one->secret);
      finding.inside = one->way;
    }
    std::vector<Hit>& kind = one == nullptr || one->has_place ? made.hits : made.placeless;
    kind.push_back(make_hit(std::move(findings[i])));
  }
  return made;
}

// Gathers what a container holds.
class ContainerHits : public inside::InnerVisitor {
 public:
  ContainerHits(const source::Item& item, bool has_entries, source::ItemConsumer& consumer)
      : item_(item), has_entries_(has_entries), consumer_(consumer) {}

  void found(const inside::InnerText& inner) override {
    TextHits made = hits_of(inner.text, inner.matches, inner.hidden);
    add(inner.way, std::move(made.hits));
    for (Hit& hit : made.placeless) add(inner.way, {std::move(hit)});
  }
  void undecided(inside::Notice notice) override { consumer_.problem(app::undecided(item_, notice)); }
  void unreadable(inside::Notice notice) override {
    consumer_.skip({place_of(item_, notice.way), "what is in it cannot be read: " + notice.what});
  }

  std::vector<HitItem> take() { return std::move(found_); }

 private:
  void add(const std::string& way, std::vector<Hit> hits) {
    for (Hit& hit : hits) hit.finding.inside = hit.finding.inside.empty() ? way : way + "!" + hit.finding.inside;
    found_.push_back({item_.origin, item_.paths, 0, has_entries_ ? way : std::string(), std::move(hits), item_.root_size});
  }

  const source::Item& item_;
  bool has_entries_;
  source::ItemConsumer& consumer_;
  std::vector<HitItem> found_;
};

std::set<std::string> fingerprints_of(const std::vector<HitItem>& items) {
  std::set<std::string> all;
  for (const HitItem& item : items) {
    for (const Hit& hit : item.hits) all.insert(hit.finding.fingerprint);
  }
  return all;
}

void leave_out(const std::set<std::string>& fingerprints, std::vector<HitItem>& items) {
  for (HitItem& item : items) {
    std::erase_if(item.hits, [&](const Hit& hit) { return fingerprints.count(hit.finding.fingerprint) != 0; });
  }
}

// Names the cell of each hit that a cell has, too.
void name_cells(const std::vector<HitItem>& cells, std::vector<HitItem>& raw) {
  for (HitItem& item : raw) {
    for (Hit& hit : item.hits) {
      for (const HitItem& cell : cells) {
        const auto same = std::find_if(cell.hits.begin(), cell.hits.end(), [&](const Hit& one) {
          return one.finding.fingerprint == hit.finding.fingerprint;
        });
        if (same == cell.hits.end()) continue;
        hit.finding.inside = same->finding.inside;
        break;
      }
    }
  }
}

}  // namespace

std::vector<HiddenMatch> hidden_in_runs(inside::Looker& looker, std::string_view text,
                                        const decode::EncodedRuns& runs, const source::Item& item,
                                        source::ItemConsumer& consumer) {
  std::vector<HiddenMatch> all;
  for (const decode::EncodedRun& run : runs) {
    if (!run.holds_secret) continue;
    std::vector<HiddenMatch> found = looker.look_into(text, run);
    std::move(found.begin(), found.end(), std::back_inserter(all));
    for (const inside::Notice& notice : looker.take_notices()) consumer.problem(undecided(item, notice));
  }
  return all;
}

std::vector<HitItem> hits_in_text(const source::Item& item, std::string_view text, std::vector<Match> matches,
                                  std::vector<HiddenMatch> hidden) {
  TextHits made = hits_of(text, matches, hidden);
  std::vector<HitItem> items;
  items.push_back({item.origin, item.paths, 0, {}, std::move(made.hits), item.root_size});
  for (Hit& hit : made.placeless) items.push_back({item.origin, item.paths, 0, {}, {std::move(hit)}, item.root_size});
  return items;
}

bool could_hold_hits(const scan::Scanner& scanner, std::string_view bytes) {
  if (container::kind_of(bytes) != container::Kind::none || git::parse_large_file_pointer(bytes)) return true;
  const scan::DecodedText text(bytes);
  if (!scanner.scan(text.view(), text.is_binary()).empty()) return true;
  scan::Search search(scanner);
  inside::Looker looker(scanner, search);
  bool hides = false;
  decode::search_runs(text.view(), [&](std::string_view around, const decode::EncodedRun& run) {
    hides = hides || !looker.look_into(around, run).empty();
    return hides;
  });
  return hides;
}

void add_container_hits(inside::Looker& looker, const source::Item& item, std::vector<HitItem>& found,
                        source::ItemConsumer& consumer) {
  const container::Kind kind = container::kind_of(item.bytes);
  ContainerHits visitor(item, kind == container::Kind::archive, consumer);
  looker.open(item.bytes, visitor);
  for (const inside::Notice& notice : looker.take_notices()) consumer.problem(undecided(item, notice));
  std::vector<HitItem> inner = visitor.take();
  if (kind == container::Kind::notebook) {
    name_cells(inner, found);
    leave_out(fingerprints_of(found), inner);
  } else {
    leave_out(fingerprints_of(inner), found);
  }
  std::move(inner.begin(), inner.end(), std::back_inserter(found));
}

}  // namespace sluice::app
