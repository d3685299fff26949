#pragma once

namespace sluice::base {

/// True when the processor knows AVX2 and the system saves its registers.
bool has_avx2();

}  // namespace sluice::base
