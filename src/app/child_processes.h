#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace sluice::app {

/// Functions that run in processes of their own. The caller has one thread.
class ChildProcesses {
 public:
  struct Ended {
    std::size_t task = 0;
    std::string failure;  ///< empty when the function came to its end
  };

  /// Starts `work` as `task`; false when there is no process to be had.
  bool start(std::size_t task, const std::function<void()>& work);

  /// Waits until one ends, or a signal comes (nothing then). Call only while some run.
  std::optional<Ended> wait();

  /// Asks all of them to stop.
  void interrupt() const;

  std::size_t running() const { return children_.size(); }

 private:
  struct Child {
    int pid = 0;
    std::size_t task = 0;
  };
  std::map<int, Child> children_;  // by the pipe that closes when they end
};

}  // namespace sluice::app
