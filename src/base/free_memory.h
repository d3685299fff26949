#pragma once

namespace sluice::base {

/// Gives memory that is free back to the system. What a thread has freed can otherwise be used again by that thread
/// alone, where the C library keeps heaps of their own for threads. Takes some milliseconds.
void give_back_free_memory();

}  // namespace sluice::base
