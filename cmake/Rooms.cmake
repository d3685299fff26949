# A room is a folder of src/ and a static library `sluice_<room>`. What it may include is the table in
# src/README.md, which check_rooms.cmake holds against the includes in every build.
# Compiling for debugging halves the sanitized build, but tests spend most of their time in these rooms.
set(SLUICE_BUSY_ROOMS pack rules judge scan)
function(sluice_optimise_busy target room)
  if(CMAKE_BUILD_TYPE STREQUAL Debug AND room IN_LIST SLUICE_BUSY_ROOMS)
    target_compile_options(${target} PRIVATE -O1)
  endif()
endfunction()

function(sluice_room room)
  cmake_parse_arguments(ROOM "" "" "ROOMS;LIBRARIES;SOURCES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${room}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$|_main\\.cc$")
  if(sources OR ROOM_SOURCES)
    add_library(sluice_${room} STATIC ${sources} ${ROOM_SOURCES})
    sluice_group_sources(sluice_${room} ${sources})
    sluice_optimise_busy(sluice_${room} ${room})
    set(scope PUBLIC)
  else()
    add_library(sluice_${room} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(sluice_${room} ${scope} ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM ROOM_ROOMS PREPEND sluice_)
  target_link_libraries(sluice_${room} ${scope} ${ROOM_ROOMS} ${ROOM_LIBRARIES})
endfunction()

add_custom_target(check_rooms ALL
  COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -P ${CMAKE_SOURCE_DIR}/cmake/check_rooms.cmake
  COMMENT "Holding the includes against src/README.md")
