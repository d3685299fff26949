# rules/*.yaml are validated and turned into a constant table by sluice_embed_rules at build time:
# a bad rule stops the build, and the program parses no YAML for its own rules at start-up.
set(SLUICE_BUILTIN_RULES ${CMAKE_BINARY_DIR}/generated/builtin_rules.cc)
file(GLOB rule_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/rules/*.yaml)
add_custom_command(
  OUTPUT ${SLUICE_BUILTIN_RULES}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/generated
  COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0
          $<TARGET_FILE:sluice_embed_rules> ${SLUICE_BUILTIN_RULES} ${rule_files}
  DEPENDS sluice_embed_rules ${rule_files}
  COMMENT "Embedding the rules"
  VERBATIM)
