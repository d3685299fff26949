#pragma once

#include "finding/finding.h"

namespace sluice {

/// Receives what sources, the scan and the checks bring forth. Calls come from one thread at a time.
class FindingSink {
 public:
  virtual ~FindingSink() = default;
  virtual void add(Finding finding) = 0;
  virtual void add(Problem problem) = 0;
};

}  // namespace sluice
