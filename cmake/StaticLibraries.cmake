# Loading a dozen shared libraries takes longer than checking a commit, so a release links statically what
# the distribution has an archive of; libgit2 is loaded when it is needed (git/libgit2.h). What has no archive
# stays shared.
if(NOT SLUICE_STATIC)
  return()
endif()

function(sluice_prefer_archive target name)
  find_library(${name}_ARCHIVE lib${name}.a)
  if(${name}_ARCHIVE)
    set_target_properties(${target} PROPERTIES INTERFACE_LINK_LIBRARIES ${${name}_ARCHIVE})
  endif()
endfunction()

sluice_prefer_archive(PkgConfig::YAML yaml)
sluice_prefer_archive(PkgConfig::NETTLE nettle)
sluice_prefer_archive(PkgConfig::DEFLATE deflate)
sluice_prefer_archive(PkgConfig::ZLIB z)

# From Debian 13 on RE2 brings Abseil, of which it does not say what an archive would need.
if(NOT TARGET absl::strings)
  sluice_prefer_archive(re2::re2 re2)
endif()

# The rules are a table of tens of thousands of pointers. Where the program lies at one address, none of them has to
# be moved before it starts, which took a tenth of a commit's check; heap, stack and libraries still lie elsewhere in
# each run.
add_link_options(-no-pie)

# A shared library in C++ would bring the shared run-time library back. Of fmt there is no archive, so one is made of its
# headers; what version 9 leaves to the library is known here, another is compiled into every file.
find_package(fmt CONFIG QUIET)
if(TARGET fmt::fmt-header-only AND re2_ARCHIVE)
  if(fmt_VERSION VERSION_GREATER_EQUAL 9 AND fmt_VERSION VERSION_LESS 10)
    add_library(sluice_fmt STATIC ${CMAKE_CURRENT_LIST_DIR}/fmt_archive.cc)
    set_target_properties(PkgConfig::FMT PROPERTIES INTERFACE_LINK_LIBRARIES sluice_fmt)
  else()
    set_target_properties(PkgConfig::FMT PROPERTIES INTERFACE_LINK_LIBRARIES fmt::fmt-header-only)
  endif()
  add_link_options(-static-libstdc++ -static-libgcc)
endif()
