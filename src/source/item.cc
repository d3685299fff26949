#include "source/item.h"

#include <fmt/format.h>

namespace sluice::source {

Problem to_problem(const Error& error) { return {error.what, error.where, error.remedy}; }

bool skip_when_large(const SourceOptions& options, std::uint64_t size, const std::string& what,
                     ItemConsumer& consumer) {
  if (options.max_blob_size == 0 || size <= options.max_blob_size) return false;
  consumer.skip({what, fmt::format("{} bytes, more than the {} of --max-blob-size", size,
                                   options.max_blob_size)});
  return true;
}

}  // namespace sluice::source
