#pragma once

namespace sluice::secrets {

/// From here on no crash of this process, nor of one that it starts, leaves a core dump with
/// secrets in it, and processes of the same user cannot read this one's memory (PR_SET_DUMPABLE).
/// To be called before the first secret is read.
void forbid_core_dumps();

}  // namespace sluice::secrets
