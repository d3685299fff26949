# src/report/html/page.{html,css,js} become constants of the program at build time, so that the HTML
# report needs no file beside it. As a script (cmake -P) this file writes them; included, it adds the step.
if(CMAKE_SCRIPT_MODE_FILE)
  set(text "#include \"report/html/page.h\"\n\nnamespace sluice::report::html {\n")
  foreach(pair page=html style=css script=js)
    string(REPLACE "=" ";" pair ${pair})
    list(GET pair 0 name)
    list(GET pair 1 ending)
    file(READ ${FOLDER}/page.${ending} bytes HEX)
    string(LENGTH "${bytes}" length)
    math(EXPR length "${length} / 2")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
    string(APPEND text "const char ${name}_bytes[] = {${bytes}'\\0'};\n"
      "extern const std::string_view ${name};\nconst std::string_view ${name}{${name}_bytes, ${length}};\n")
  endforeach()
  file(WRITE ${OUT} "${text}}  // namespace sluice::report::html\n")
  return()
endif()

set(SLUICE_REPORT_PAGE ${CMAKE_BINARY_DIR}/generated/report_page.cc)
set(page_folder ${CMAKE_SOURCE_DIR}/src/report/html)
add_custom_command(
  OUTPUT ${SLUICE_REPORT_PAGE}
  COMMAND ${CMAKE_COMMAND} -DFOLDER=${page_folder} -DOUT=${SLUICE_REPORT_PAGE}
          -P ${CMAKE_CURRENT_LIST_FILE}
  DEPENDS ${page_folder}/page.html ${page_folder}/page.css ${page_folder}/page.js
          ${CMAKE_CURRENT_LIST_FILE}
  COMMENT "Embedding the report page"
  VERBATIM)
