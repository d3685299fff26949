#pragma once

namespace sluice::base {

/// True when the processor knows AVX2, and POPCNT, which is older, and the system saves its registers.
bool has_avx2();

}  // namespace sluice::base
