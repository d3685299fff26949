#pragma once

#include <vector>

#include "finding/sink.h"

namespace sluice::app {

/// What checks of trees and configuration find. They need no scanning: it is final.
struct Checked : FindingSink {
  void add(Finding finding) override { findings.push_back(std::move(finding)); }
  void add(Problem problem) override { problems.push_back(std::move(problem)); }

  std::vector<Finding> findings;
  std::vector<Problem> problems;
};

}  // namespace sluice::app
