# src/judge/model.bin becomes a constant of the program at build time. As a script (cmake -P) this file
# writes it; included, it adds the step.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${MODEL} bytes HEX)
  string(LENGTH "${bytes}" length)
  math(EXPR length "${length} / 2")
  # Numbers of eight bytes: a compiler reads them faster than as many single ones.
  string(REGEX REPLACE "(..)(..)(..)(..)(..)(..)(..)(..)" "0x\\8\\7\\6\\5\\4\\3\\2\\1u,\n" bytes "${bytes}")
  file(WRITE ${OUT} "#include \"judge/model_bytes.h\"\n\n#include <cstdint>\n\nnamespace sluice::judge {\n"
    "namespace {\nconstexpr std::uint64_t words[] = {${bytes}};\n}\n"
    "std::string_view model_bytes() { return {reinterpret_cast<const char*>(words), ${length}}; }\n"
    "}  // namespace sluice::judge\n")
  return()
endif()

set(SLUICE_MODEL ${CMAKE_BINARY_DIR}/generated/model_bytes.cc)
set(model_file ${CMAKE_SOURCE_DIR}/src/judge/model.bin)
add_custom_command(
  OUTPUT ${SLUICE_MODEL}
  COMMAND ${CMAKE_COMMAND} -DMODEL=${model_file} -DOUT=${SLUICE_MODEL} -P ${CMAKE_CURRENT_LIST_FILE}
  DEPENDS ${model_file} ${CMAKE_CURRENT_LIST_FILE}
  COMMENT "Embedding the model"
  VERBATIM)
