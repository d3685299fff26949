# Binary files that become constants of the program at build time. As a script (cmake -P) this file writes one;
# included, it gives sluice_embed_bytes.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${FILE} bytes HEX)
  string(LENGTH "${bytes}" length)
  math(EXPR length "${length} / 2")
  # Numbers of eight bytes: a compiler reads them faster than as many single ones.
  string(REGEX REPLACE "(..)(..)(..)(..)(..)(..)(..)(..)" "0x\\8\\7\\6\\5\\4\\3\\2\\1u,\n" bytes "${bytes}")
  file(WRITE ${OUT} "#include \"${ROOM}/${NAME}.h\"\n\n#include <cstdint>\n\nnamespace sluice::${ROOM} {\n"
    "namespace {\nconstexpr std::uint64_t words[] = {${bytes}};\n}\n"
    "std::string_view ${NAME}() { return {reinterpret_cast<const char*>(words), ${length}}; }\n"
    "}  // namespace sluice::${ROOM}\n")
  return()
endif()

set(embed_bytes_script ${CMAKE_CURRENT_LIST_FILE})

# Sets `out` to a source file that defines what ROOM/NAME.h declares: `std::string_view NAME()`, the bytes of
# src/ROOM/FILE, a multiple of eight.
function(sluice_embed_bytes out room name file)
  set(source ${CMAKE_BINARY_DIR}/generated/${name}.cc)
  set(from ${CMAKE_SOURCE_DIR}/src/${room}/${file})
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -DFILE=${from} -DROOM=${room} -DNAME=${name} -DOUT=${source} -P ${embed_bytes_script}
    DEPENDS ${from} ${embed_bytes_script}
    COMMENT "Embedding ${file}"
    VERBATIM)
  set(${out} ${source} PARENT_SCOPE)
endfunction()
