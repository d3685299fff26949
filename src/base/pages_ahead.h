#pragma once

#include <atomic>
#include <cstddef>
#include <thread>

namespace sluice::base {

/// Gets pages for large memory that is being written for the first time, from its begin on: a thread asks for them from
/// the end on, so that who writes meets it halfway. A system that has to clear them first, or to get them from
/// another one, takes longer for that than it takes to inflate what is written.
class PagesAhead {
 public:
  /// Nothing is done for less than 64 MiB, or where there is one core. `memory` must outlive this.
  PagesAhead(void* memory, std::size_t size);
  PagesAhead(const PagesAhead&) = delete;
  PagesAhead& operator=(const PagesAhead&) = delete;
  ~PagesAhead();

 private:
  std::atomic<bool> is_over_ = false;
  std::thread thread_;
};

}  // namespace sluice::base
