#include <yaml.h>

#include <fmt/format.h>

#include <array>
#include <new>
#include <utility>

#include "base/text.h"
#include "document/begin.h"
#include "document/node.h"
#include "document/outline.h"
#include "document/plain_yaml.h"
#include "document/scalar.h"

namespace sluice::document {
namespace {

constexpr std::string_view core_tags = "tag:yaml.org,2002:";

// libyaml looks a directive up among all earlier ones, so their number must be bounded.
constexpr std::size_t directives_limit = 64;

class Parser {
 public:
  explicit Parser(const std::string& text) : ok_(yaml_parser_initialize(&parser_) == 1) {
    if (!ok_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() {
    if (ok_) yaml_parser_delete(&parser_);
  }
  bool ok() const { return ok_; }
  yaml_parser_t* get() { return &parser_; }

 private:
  yaml_parser_t parser_{};
  bool ok_;
};

class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&event_); }
  yaml_event_t* operator->() { return &event_; }
  const yaml_event_t& get() const { return event_; }
  yaml_event_t* out() { return &event_; }

 private:
  yaml_event_t event_{};
};

std::string to_text(const yaml_char_t* text) {
  return text == nullptr ? std::string() : reinterpret_cast<const char*>(text);
}

std::string as_written(const yaml_char_t* tag) {
  std::string text = to_text(tag);
  if (text.starts_with(core_tags)) text.replace(0, core_tags.size(), "!!");
  return text;
}

// What libyaml says, and what a person wants to know. With `at_context` the mistake is where the
// construct starts, not where the reader gave up.
struct Explanation {
  std::string_view problem;
  std::string_view what;
  std::string_view remedy;
  bool at_context;
};

constexpr std::array<Explanation, 14> explanations = {{
    {"could not find expected ':'", "a key without its `:`", "write `key: value`, with a blank",
     true},
    {"mapping values are not allowed in this context", "a `:` where no key may stand",
     "quote the value if it holds `: `, mend the indentation, or add the `:` that the line above "
     "lacks",
     false},
    {"did not find expected key", "this line fits no mapping around it", "mend the indentation",
     false},
    {"did not find expected '-' indicator", "this line fits no list around it",
     "mend the indentation, or begin it with `- `", false},
    {"did not find expected ',' or ']'", "a list in `[ ]` is not continued by `,` or closed by `]`",
     "", false},
    {"did not find expected ',' or '}'",
     "a mapping in `{ }` is not continued by `,` or closed by `}`", "", false},
    {"found unexpected end of stream", "a quoted text that is never closed",
     "add the closing quote", true},
    {"found unexpected document indicator", "a quoted text that is never closed",
     "add the closing quote", true},
    {"found unknown escape character", "an escape that YAML does not know",
     "double the backslash, or use single quotes", false},
    {"block sequence entries are not allowed in this context", "a `- ` where no list may stand",
     "put the list on its own lines below the key", false},
    {"found undefined tag handle", "a tag handle that no %TAG line defines", "", false},
    {"found incompatible YAML document", "a %YAML version that is not 1.1 or 1.2", "", false},
    {"did not find expected <document start>", "text behind the end of the document",
     "mend the indentation, or begin a document with `---`", false},
    {"control characters are not allowed", "a control character, or UTF-16 without byte order mark",
     "save the file as UTF-8 text", false},
}};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Reader {
 public:
  Reader(const Lines& lines, Outline& outline, YamlSchema schema)
      : lines_(lines), outline_(outline), schema_(schema), parser_(lines.text()) {}

  // All events to the end of the text; only the first document's are kept.
  Status read(Document& document) {
    if (!parser_.ok()) return outline_.error(ErrorKind::io, "no memory for the YAML reader", {});
    document.documents = 0;
    while (true) {
      Event event;
      if (yaml_parser_parse(parser_.get(), event.out()) != 1) return parse_error();
      if (event->type == YAML_STREAM_END_EVENT) return {};
      if (event->type == YAML_DOCUMENT_START_EVENT) {
        outline_.forget_anchors();
        if (++document.documents == 2) document.second_document = mark(event->start_mark);
      } else {
        SLUICE_TRY(take(event.get()));
      }
    }
  }

 private:
  // Marks mostly grow by little, so the line of the last one is where to look first.
  Mark mark(const yaml_mark_t& at) const { return lines_.mark_of_code_point(at.index, last_line_); }

  Status take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        return outline_.add_scalar(scalar(event));
      case YAML_ALIAS_EVENT:
        return outline_.add_alias(to_text(event.data.alias.anchor), mark(event.start_mark),
                                  mark(event.end_mark));
      case YAML_SEQUENCE_START_EVENT: {
        const auto& data = event.data.sequence_start;
        flow_.push_back(data.style == YAML_FLOW_SEQUENCE_STYLE);
        return outline_.open(collection(event, Kind::sequence, data.tag, data.anchor));
      }
      case YAML_MAPPING_START_EVENT: {
        const auto& data = event.data.mapping_start;
        flow_.push_back(data.style == YAML_FLOW_MAPPING_STYLE);
        return outline_.open(collection(event, Kind::mapping, data.tag, data.anchor));
      }
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        outline_.close(mark(event.end_mark), flow_.back());
        flow_.pop_back();
        return {};
      default:
        return {};
    }
  }

  // libyaml puts an empty value of a flow mapping at the `,` or `}` behind it; it belongs behind its
  // `:`. Marks only grow, so that looking for bytes costs one walk over the text in all.
  Mark mark_of_empty(const yaml_mark_t& at) {
    const std::string& text = lines_.text();
    for (; byte_ < text.size() && code_points_ <= at.index; ++byte_) {
      if ((static_cast<unsigned char>(text[byte_]) & 0xC0) == 0x80) continue;
      if (code_points_ == at.index) break;
      ++code_points_;
    }
    std::size_t blanks = 0;
    while (blanks < byte_ && is_blank(text[byte_ - blanks - 1])) ++blanks;
    const bool follows_colon = blanks < byte_ && text[byte_ - blanks - 1] == ':';
    return lines_.mark_of_code_point(follows_colon ? at.index - blanks : at.index);
  }

  Token scalar(const yaml_event_t& event) {
    const auto& data = event.data.scalar;
    const bool is_absent = data.length == 0 && event.start_mark.index == event.end_mark.index;
    Token token;
    token.mark = is_absent ? mark_of_empty(event.start_mark) : mark(event.start_mark);
    token.end = is_absent ? token.mark : mark(event.end_mark);
    token.text.assign(reinterpret_cast<const char*>(data.value), data.length);
    token.quoted = data.style != YAML_PLAIN_SCALAR_STYLE;
    if (data.tag != nullptr) token.tag = as_written(data.tag);
    if (data.anchor != nullptr) token.anchor = to_text(data.anchor);
    token.type = type_of(token);
    token.kind = token.type == ScalarType::null ? Kind::null : Kind::scalar;
    return token;
  }

  ScalarType type_of(const Token& token) const {
    if (!token.tag.empty()) return type_of_tag(token.tag);
    if (token.quoted) return ScalarType::string;
    return schema_ == YamlSchema::yaml_1_1 ? resolve_yaml_1_1(token.text)
                                           : resolve_yaml_1_2(token.text);
  }

  Token collection(const yaml_event_t& event, Kind kind, const yaml_char_t* tag,
                   const yaml_char_t* anchor) const {
    Token token;
    token.kind = kind;
    token.mark = mark(event.start_mark);
    token.end = mark(event.end_mark);
    token.tag = as_written(tag);
    token.anchor = to_text(anchor);
    return token;
  }

  Status parse_error() {
    const yaml_parser_t& parser = *parser_.get();
    if (parser.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    const std::string_view problem = parser.problem == nullptr ? "not YAML" : parser.problem;
    Mark at = mark(parser.problem_mark);
    if (parser.error == YAML_READER_ERROR) at = lines_.mark_of_byte(parser.problem_offset);
    if (problem.starts_with("found character that cannot start any token") ||
        problem.starts_with("found a tab")) {
      return cannot_start(at);
    }
    for (const Explanation& row : explanations) {
      if (!problem.starts_with(row.problem)) continue;
      if (row.at_context && parser.context != nullptr) at = mark(parser.context_mark);
      return outline_.error(ErrorKind::invalid_input, std::string(row.what), at,
                            std::string(row.remedy));
    }
    const std::string context =
        parser.context == nullptr ? "" : fmt::format("{}: ", parser.context);
    return outline_.error(ErrorKind::invalid_input, fmt::format("{}{}", context, problem), at);
  }

  Status cannot_start(Mark at) const {
    const std::string_view line = lines_[at.line - 1];
    std::size_t byte = 0;
    for (std::uint32_t column = 1; column < at.column && byte < line.size(); ++column) {
      byte += base::code_point_length(line.substr(byte));
    }
    if (byte < line.size() && line[byte] != '\t') {
      return outline_.error(ErrorKind::invalid_input,
                            fmt::format("a plain value cannot begin with `{}`", line[byte]), at,
                            "quote the value");
    }
    return outline_.error(ErrorKind::invalid_input, "a tab where YAML wants spaces", at,
                          "indent with spaces");
  }

  const Lines& lines_;
  Outline& outline_;
  YamlSchema schema_;
  Parser parser_;
  std::vector<bool> flow_;
  std::size_t byte_ = 0;  // of the code point `code_points_`
  std::size_t code_points_ = 0;
  mutable std::size_t last_line_ = 0;
};

// The first line of a run of more directives than may be, or nothing. Comments and empty lines do
// not end a run.
std::size_t find_too_many_directives(const Lines& lines) {
  if (lines.text().find('%') == std::string::npos) return 0;
  std::size_t run = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    if (line.starts_with('%')) {
      if (++run > directives_limit) return i + 1;
    } else if (const std::string_view rest = base::trim(line); !rest.empty() && rest[0] != '#') {
      run = 0;
    }
  }
  return 0;
}

}  // namespace

Result<Document> parse_yaml(std::string_view text, std::string path, const Limits& limits,
                            YamlSchema schema) {
  SLUICE_TRY_ASSIGN(Document document, begin_document(Format::yaml, text, path, limits));
  if (auto root = read_plain_yaml(document.lines, schema, limits)) {
    document.root = std::move(*root);
    return document;
  }
  Outline outline(path, limits);
  outline.expect(document.lines.text().size());
  if (const std::size_t line = find_too_many_directives(document.lines); line != 0) {
    return outline.error(ErrorKind::limit_exceeded,
                         fmt::format("more than the limit of {} directives", directives_limit),
                         {static_cast<std::uint32_t>(line), 1});
  }
  SLUICE_TRY(Reader(document.lines, outline, schema).read(document));
  document.root = outline.build();
  return document;
}

}  // namespace sluice::document
