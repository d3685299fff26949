#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/large_files.h"
#include "app/progress.h"
#include "base/idle_pool.h"
#include "decode/encoded_run.h"
#include "finding/audit.h"
#include "scan/finding_builder.h"
#include "scan/encoding.h"
#include "scan/search.h"
#include "source/item.h"

namespace sluice::app {

/// One finding of an item, with what decides about it once its paths are known.
struct Hit {
  Finding finding;
  const rules::Rule* rule = nullptr;
  scan::Evidence evidence;
  rules::Span secret;
  bool comment_without_reason = false;
};

/// An item in which something was found.
struct HitItem {
  Origin origin;
  std::vector<std::string> paths;
  std::size_t rank = 0;  ///< position of its commit in history, oldest first; set by attribution
  std::string entry;     ///< the path in a container that the rules' path conditions are about; else empty
  std::vector<Hit> hits;
  std::size_t root_size = 0;  ///< source::Item's
};

/// Scans what a source yields, from as many threads as the source uses, and keeps what was found.
class Collector : public source::ItemConsumer {
 public:
  /// `jobs`: threads that may share one large text.
  Collector(const scan::Scanner& scanner, Progress& progress, LargeFiles& large_files, unsigned jobs)
      : scanner_(scanner), progress_(progress), large_files_(large_files), jobs_(jobs) {}

  std::shared_ptr<const source::Memory> consume(const source::Item& item) override;
  bool holds_nothing(pack::EntryPieces& pieces) override;
  void problem(Problem problem) override;
  void skip(Skipped skipped) override;
  void progress(std::uint64_t done, std::uint64_t total) override;
  bool interrupted() const override;

  std::vector<HitItem> take_items();
  std::vector<Problem> take_problems();
  std::vector<Skipped> take_skipped();
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::vector<HitItem> hits_of(const source::Item& item, const scan::DecodedText& text,
                               std::vector<scan::Match> matches, const decode::EncodedRuns& runs, scan::Search& search);
  std::vector<HitItem> hits_in_large_file(const source::Item& pointer, std::string_view bytes, scan::Search& search);
  void keep(std::vector<HitItem> found);
  void look_at_added_lines(const source::Item& item, std::vector<Hit>& hits);

  const scan::Scanner& scanner_;
  Progress& progress_;
  LargeFiles& large_files_;
  unsigned jobs_;
  std::atomic<std::uint64_t> bytes_ = 0;
  base::IdlePool<scan::Search> searches_;
  std::mutex lock_;  // of what follows
  std::vector<HitItem> items_;
  std::vector<Problem> problems_;
  std::vector<Skipped> skipped_;
};

}  // namespace sluice::app
