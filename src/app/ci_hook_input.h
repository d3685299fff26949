#pragma once

#include <string_view>

#include "app/ci_event.h"

namespace sluice::app {

/// What Git gives a pre-push hook: `<local ref> SP <local name> SP <remote ref> SP <remote name>
/// LF` for each ref (githooks(5)); `remote` is the hook's first argument. No line at all means that
/// there is nothing to push. Errors: invalid_input.
Result<CiEvent> read_pre_push(std::string_view text, const std::string& remote);

/// What Git gives a pre-receive hook: `<old> SP <new> SP <ref> LF` for each ref (githooks(5)).
/// Errors: invalid_input (no line among them).
Result<CiEvent> read_pre_receive(std::string_view text);

/// True below the pre-commit framework, which reads the hook's standard input itself.
bool is_run_by_pre_commit(const Environment& environment);

/// True when pre-commit was given a range, by a push or by `--from-ref` and `--to-ref`.
bool names_pre_commit_range(const Environment& environment);

/// What the pre-commit framework tells its hooks of a push: one ref, even when several are pushed.
/// Without a range (`pre-commit run --all-files`) everything is meant. Errors: none today.
Result<CiEvent> read_pre_commit(const Environment& environment);

}  // namespace sluice::app
