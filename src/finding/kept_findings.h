#pragma once

#include <deque>
#include <utility>
#include <vector>

#include "finding/sink.h"

namespace sluice {

/// Keeps what a sink is given, in the order in which it came.
struct KeptFindings : FindingSink {
  void add(Finding finding) override { findings.push_back(std::move(finding)); }
  void add(Problem problem) override { problems.push_back(std::move(problem)); }

  std::deque<Finding> findings;  // large: what grows should not move them
  std::vector<Problem> problems;
};

}  // namespace sluice
