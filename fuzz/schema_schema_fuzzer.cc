#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "schema/schema.h"

// A schema, a line `---`, and a value to hold against it: what is said stands in the schema.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t division = text.find("\n---\n");
  const auto schema = sluice::schema::Schema::read(text.substr(0, division), "fuzz.json");
  if (!schema) {
    if (schema.error().where.empty()) std::abort();
    return 0;
  }
  if (division == text.npos) return 0;
  const auto document = sluice::document::parse_json(text.substr(division + 5), "value.json");
  if (!document) return 0;
  const sluice::schema::Value value = sluice::schema::value_of(document->root);
  const auto violations = schema->validate(value);
  if (!violations) return 0;
  for (const auto& violation : *violations) {
    if (violation.value == nullptr || violation.at.line > schema->lines().size() + 1) std::abort();
  }
  return 0;
}
