#include "secrets/core_dumps.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace sluice::secrets {

void forbid_core_dumps() {
  // 0 forbids files, but a handler that the kernel pipes dumps to is still fed; 1 stops both
  // (do_coredump in Linux' fs/coredump.c takes it for a dump that crashed, and no page fits into
  // one byte).
  const rlimit none{1, 1};
  if (::setrlimit(RLIMIT_CORE, &none) != 0) {
    const rlimit soft{0, 0};
    (void)::setrlimit(RLIMIT_CORE, &soft);
  }
  (void)::prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace sluice::secrets
