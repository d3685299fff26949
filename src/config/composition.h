#pragma once

#include "config/folder.h"

namespace sluice::config {

/// Hydra composes a file from what the list `defaults` in it names, in order. True when `source` has one.
bool is_composed(const Source& source);

/// True when a file of `folder` is composed: then keys may come from files that no name tells.
bool is_composed(const Folder& folder);

/// Whether `defaults` of `source` names `base`, so that it is laid over it.
bool composes(const Source& source, const Source& base);

}  // namespace sluice::config
