#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluice::policy {

/// Where a project's build files put a `.env` beside them into a Python source distribution; line 0: they
/// do not.
struct SdistInclude {
  std::uint32_t line = 0;
  std::string pattern;  ///< as written
};

/// Reads a MANIFEST.in (setuptools, "Controlling files in the distribution"): the commands count in their
/// order, and the last that is about `.env` decides. `recursive-include .` takes nothing, as there.
SdistInclude sdist_include_of_manifest(std::string_view text);

/// Reads the lists of a pyproject.toml that add files which Git ignores: `include` of Poetry, Hatch, Flit and
/// PDM, Hatch's `artifacts`. What is no TOML includes nothing; its tool refuses it.
SdistInclude sdist_include_of_pyproject(const std::string& text);

}  // namespace sluice::policy
