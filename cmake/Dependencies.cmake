# Every library comes from the distribution; the names below are Debian's -dev packages.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(GIT2 REQUIRED IMPORTED_TARGET libgit2)        # libgit2-dev
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)       # libyaml-dev
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)             # libre2-dev
pkg_check_modules(FMT REQUIRED IMPORTED_TARGET fmt)             # libfmt-dev
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)       # nettle-dev
find_package(nlohmann_json REQUIRED)                            # nlohmann-json3-dev
find_package(CLI11 REQUIRED)                                    # libcli11-dev
find_package(tl-expected REQUIRED)                              # libexpected-dev
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)  # libdeflate-dev
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)           # zlib1g-dev
if(SLUICE_DEVELOPER)
  pkg_check_modules(YAMLCPP REQUIRED IMPORTED_TARGET yaml-cpp)  # libyaml-cpp-dev: a second opinion in the tests
endif()
