# What the scanner works out of the built-in rules' keywords is worked out at build time by sluice_embed_keywords: a
# commit that waits for its check does not wait for that.
set(SLUICE_BUILTIN_KEYWORDS ${CMAKE_BINARY_DIR}/generated/builtin_keywords.cc)
add_custom_command(
  OUTPUT ${SLUICE_BUILTIN_KEYWORDS}
  COMMAND ${CMAKE_COMMAND} -E env ASAN_OPTIONS=detect_leaks=0
          $<TARGET_FILE:sluice_embed_keywords> ${SLUICE_BUILTIN_KEYWORDS}
  DEPENDS sluice_embed_keywords
  COMMENT "Embedding the keywords"
  VERBATIM)
