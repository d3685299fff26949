#pragma once

#include <cstddef>

namespace sluice::base {

/// Asks the system for large pages where `size` bytes at `memory`, which nobody has touched yet, will be written:
/// with small ones, to get them takes longer than to fill them. Does nothing for little memory, and nothing where
/// the system has none.
void use_large_pages(void* memory, std::size_t size);

}  // namespace sluice::base
