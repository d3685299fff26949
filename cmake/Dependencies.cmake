# Every library comes from the distribution; the names below are Debian's -dev packages.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(GIT2 REQUIRED IMPORTED_TARGET libgit2)        # libgit2-dev
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)       # libyaml-dev
# libre2-dev, found by hand: its pkg-config file names so many Abseil modules from Debian 13 on that reading
# it takes minutes.
find_path(RE2_INCLUDE_DIR re2/re2.h REQUIRED)
find_library(RE2_LIBRARY re2 REQUIRED)
find_package(absl CONFIG QUIET)
add_library(re2::re2 INTERFACE IMPORTED)
target_include_directories(re2::re2 INTERFACE ${RE2_INCLUDE_DIR})
target_link_libraries(re2::re2 INTERFACE ${RE2_LIBRARY} $<$<TARGET_EXISTS:absl::strings>:absl::strings>)
pkg_check_modules(FMT REQUIRED IMPORTED_TARGET fmt)             # libfmt-dev
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)       # nettle-dev
find_package(nlohmann_json REQUIRED)                            # nlohmann-json3-dev
find_package(CLI11 REQUIRED)                                    # libcli11-dev
find_package(tl-expected REQUIRED)                              # libexpected-dev
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)  # libdeflate-dev
pkg_check_modules(CURL REQUIRED libcurl)                        # libcurl4-openssl-dev: headers; loaded by name
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)           # zlib1g-dev
pkg_check_modules(ARCHIVE REQUIRED libarchive)                  # libarchive-dev: the headers
pkg_check_modules(SQLITE REQUIRED sqlite3)                      # libsqlite3-dev: the headers
include(StaticLibraries)
if(SLUICE_DEVELOPER)
  pkg_check_modules(YAMLCPP REQUIRED IMPORTED_TARGET yaml-cpp)  # libyaml-cpp-dev: a second opinion in the tests
endif()
