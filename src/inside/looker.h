#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "container/container.h"
#include "decode/encoded_run.h"
#include "scan/search.h"

namespace sluice::inside {

/// A secret in what a run of a text stands for.
struct HiddenMatch {
  scan::Match match;      ///< its offsets are those of the encoded bytes, in the text around the run
  std::string secret;     ///< decoded
  std::string way;        ///< how it is reached: `base64!gzip`
  bool has_place = true;  ///< false when only the run as a whole is known to hold it
};

/// A text that came out of a container, with what was found in it.
struct InnerText {
  std::string way;    ///< from the container to it: `lib/a.jar!conf/b.yml!cell 4`
  std::string_view text;
  std::vector<scan::Match> matches;
  std::vector<HiddenMatch> hidden;
};

/// What ended the reading of something, and where in the container that was.
struct Notice {
  std::string way;   ///< empty for the container itself
  std::string what;
};

/// Is told what lies in a container.
class InnerVisitor {
 public:
  virtual ~InnerVisitor() = default;
  /// Only texts in which something was found. Views live during the call.
  virtual void found(const InnerText& inner) = 0;
  /// A limit, or a library that is missing: the rest was not looked at.
  virtual void undecided(Notice notice) = 0;
  /// Damaged, or under a password.
  virtual void unreadable(Notice notice) = 0;
};

/// Looks into what lies in texts and containers, each within the other, as deep as the limits say. One thread's.
class Looker {
 public:
  /// Both must outlive this.
  Looker(const scan::Scanner& scanner, scan::Search& search, const container::Limits& limits = {})
      : scanner_(scanner), search_(search), limits_(limits) {}

  /// The secrets in what `run` of `text` stands for, and in what that holds again. Depends on the run's bytes
  /// only. Where a limit ended the look, take_notices() says so.
  std::vector<HiddenMatch> look_into(std::string_view text, const decode::EncodedRun& run);

  /// Everything in a container and in the containers in it. Nothing for bytes that are none.
  void open(std::string_view bytes, InnerVisitor& visitor);

  /// What look_into() could not look at since the last call.
  std::vector<Notice> take_notices() { return std::exchange(notices_, {}); }

 private:
  friend class Opening;
  std::vector<HiddenMatch> look_into(std::string_view text, const decode::EncodedRun& run, unsigned depth);
  void open(std::string_view bytes, container::Budget& budget, unsigned depth, InnerVisitor& visitor);
  std::vector<HiddenMatch> hidden_in(std::string_view text, unsigned depth);
  std::vector<scan::Match> matches_in(std::string_view text, bool is_binary);

  const scan::Scanner& scanner_;
  scan::Search& search_;
  container::Limits limits_;
  std::vector<Notice> notices_;
};

}  // namespace sluice::inside
