#pragma once

#include <string_view>

#include "document/node.h"

namespace sluice::schema {

/// What a keyword's value must be.
enum class Shape {
  any,
  schema,             ///< a schema: a mapping or a boolean
  schemas,            ///< a list of schemas
  schema_or_schemas,
  schema_map,         ///< a mapping of schemas
  dependencies,       ///< a mapping of schemas or lists of texts
  number,
  count,              ///< a whole number of at least 0
  number_or_boolean,  ///< `exclusiveMinimum` changed from one to the other
  boolean,
  text,
  texts,
  text_lists,         ///< a mapping of lists of texts
  list,
  type,               ///< one of JSON Schema's types or a list of them
  unsupported,
};

/// The shape of `keyword`'s value (JSON Schema drafts 4 to 2020-12); unknown ones are any.
Shape shape_of(std::string_view keyword);

/// True when `node` has the shape, as far as can be told without looking into schemas.
bool has_shape(const document::Node& node, Shape shape);

/// For a person: `a list of schemas`.
std::string_view describe(Shape shape);

}  // namespace sluice::schema
