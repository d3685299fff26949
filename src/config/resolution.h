#pragma once

#include <string>
#include <vector>

#include "config/interpolation.h"
#include "config/merged.h"

namespace sluice::config {

/// A reference in a merged configuration and what it leads to.
struct Resolved {
  Reference reference;
  const Merged* holder = nullptr;  ///< the value that holds it
  const Merged* target = nullptr;  ///< null when there is no such key
  std::string path;                ///< of the holder, dotted
  bool is_secret = false;          ///< the holder's way says so
};

/// False when no file of `folder` holds a reference, which a look at the texts tells.
bool may_hold_references(const Folder& folder);

/// Every reference to a key in `root`, in order. Borrows `root`.
std::vector<Resolved> resolve_references(const Merged& root);

}  // namespace sluice::config
