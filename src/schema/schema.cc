#include "schema/schema.h"

#include <utility>

#include "schema/parts.h"
#include "schema/validator.h"

namespace sluice::schema {

struct Schema::Parts {
  document::Document document;
  References references;
};

Schema::Schema(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;
Schema::~Schema() = default;

Result<Schema> Schema::read(std::string_view text, const std::string& path) {
  const auto format = document::format_of(path).value_or(document::Format::json);
  auto parts = std::make_unique<Parts>();
  SLUICE_TRY_ASSIGN(parts->document,
                    document::parse(format, text, path, {}, {document::YamlSchema::yaml_1_2, false}));
  SLUICE_TRY(read_references(parts->document, parts->references));
  return Schema(std::move(parts));
}

const std::string& Schema::path() const { return parts_->document.path; }
const document::Lines& Schema::lines() const { return parts_->document.lines; }

Result<std::vector<Violation>> Schema::validate(const Value& value) const {
  return violations(value, parts_->document.root, parts_->references);
}

}  // namespace sluice::schema
