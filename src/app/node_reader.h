#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "document/node.h"

namespace sluice::app {

/// What reads settings from a document's nodes, gathering every fault rather than stopping at the first. A reader of
/// one kind of document derives from it.
class NodeReader {
 protected:
  /// What is done with the value of each key.
  using Readers = std::vector<std::pair<std::string, std::function<void(const document::Node&)>>>;

  explicit NodeReader(std::string path) : path_(std::move(path)) {}
  ~NodeReader() = default;

  /// `path:line:column`.
  std::string place(const document::Node& node) const;

  void fault(const document::Node& at, std::string what, std::string remedy = {});

  /// Calls the reader of each key. Keys that have none or are given twice are faults, and no mapping is one.
  void read_mapping(const document::Node& node, std::string_view what, const Readers& readers);

  std::string text(const document::Node& node);

  /// A list of texts, or one alone.
  std::vector<std::string> texts(const document::Node& node);

  std::vector<Error> errors_;  // the faults, in the order in which they were met

 private:
  std::string path_;
};

}  // namespace sluice::app
