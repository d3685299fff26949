#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/folder.h"
#include "config/merge_rules.h"

namespace sluice::config {

/// Who gives a value, with the places of key and value. For what comes through a merge key, `via` is
/// the alias or mapping behind `<<`.
struct Given {
  const Source* source = nullptr;
  const document::Node* key = nullptr;  ///< null for the root and for items of a list
  const document::Node* value = nullptr;
  const document::Node* via = nullptr;
};

/// A value of the merged configuration and where it came from. Borrows the sources' documents.
struct Merged {
  struct Entry;

  document::Kind kind = document::Kind::null;
  /// Of a scalar, null or list: what the program gets. Of a mapping: who has it last; its keys tell
  /// for themselves.
  Given given;
  /// The values that lost, base first.
  std::vector<Given> overridden;
  std::vector<Entry> entries;  ///< of a mapping: in the base's order, then what overrides add
  std::vector<Merged> items;   ///< of a list

  /// The value of `key`, or null.
  const Merged* find(std::string_view key) const;
};

struct Merged::Entry {
  const document::Node* key = nullptr;  ///< where the value's giver writes it
  Merged value;
};

/// What a loader makes of `layers`, each laid over those before it. Layers without a mapping
/// (unreadable, empty) are left out. Merge keys are applied first, as in document/merge_key.h.
///
/// This is the one merge in sluice: whoever needs a merged configuration (checks, `config show`,
/// rendering) takes it from here, with the place of each value in Given.
Merged merged(const std::vector<const Source*>& layers, const MergeRules& rules);

/// The base and the environment of `folder` merged. `environment` may be null: the base alone.
Merged merged(const Folder& folder, const Source* environment, const Options& options);

/// The source of `environment` in `folder`, by its name or a usual spelling of it; null if none.
const Source* find_environment(const Folder& folder, std::string_view environment);

}  // namespace sluice::config
