#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "config/folder.h"
#include "config/key_path.h"
#include "document/merge_key.h"
#include "finding/finding.h"

namespace sluice::config {

struct Check;
struct Match;

/// A span of a source's text.
struct Span {
  document::Mark start;
  document::Mark end;
};

/// The span of a value that stands on its key's line, or of the key where the value starts below.
Span span_of(const document::EffectiveEntry& entry);
Span span_of(const document::Node& node);

/// What a check has to say about one place; the reporter makes a Finding of it.
struct Draft {
  const Source& source;
  Span span;
  std::string message;
  std::string identity;  ///< what the finding is about, within check and file: KeyPath::identity()
  std::string remedy;    ///< empty for the check's own
  bool is_secret = false;  ///< hide the line's value: KeyPath::is_secret()
  std::vector<Related> related;
  Severity at_most = Severity::critical;  ///< for a case that weighs less than the check does
};

/// Turns drafts into findings of one check, sorted by path and place.
class Reporter {
 public:
  Reporter(const Check& check, Severity severity) : check_(check), severity_(severity) {}

  /// At most `limit` findings a file; the rest is counted and told by a last one.
  static constexpr std::size_t limit = 1000;

  void report(Draft draft);

  /// A second place, with its line's text, masked as `is_secret` asks.
  static Related related(const Source& source, document::Mark at, std::string message,
                         bool is_secret);

  /// A draft about a key of `source` that `base` has too, with the base's place as `base_message`
  /// calls it.
  static Draft draft(const Match& match, const Source& source, const Source& base,
                     std::string base_message);

  /// The findings so far; the reporter is empty afterwards.
  std::deque<Finding> take();

 private:
  const Check& check_;
  Severity severity_;
  std::deque<Finding> findings_;
  std::map<std::string, std::size_t> counts_;
};

}  // namespace sluice::config
