#include "config/fix.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/text.h"
#include "config/folder.h"
#include "config/redundancy.h"
#include "config/values.h"
#include "config/walk.h"
#include "document/scalar.h"

namespace sluice::config {
namespace {

using document::Document;
using document::Entry;
using document::Kind;
using document::Mark;
using document::Node;
using document::ScalarType;

// Bytes of a text and what is to stand there.
struct Edit {
  std::size_t start = 0;
  std::size_t end = 0;
  std::string text;
  std::string change;
};

class Editor {
 public:
  explicit Editor(const Source& source) : source_(source), document_(**source.document) {}

  void respell(const KeyPath& path, const Node& node) {
    const std::string number = respelled_number(node.text);
    if (!number.empty()) replace(path, node, number);
  }

  void quote(const KeyPath& path, const Node& node) {
    const auto is_plain = [](char c) { return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20; };
    if (std::all_of(node.text.begin(), node.text.end(), is_plain)) {
      replace(path, node, "\"" + node.text + "\"");
    }
  }

  // Takes the lines of `entry` out, if they hold nothing else and `mapping` keeps another key.
  void remove(const KeyPath& path, const Node& mapping, const Entry& entry, std::string_view why) {
    const bool is_flow = document_.lines.text().substr(offset(mapping.mark), 1) == "{";
    if (mapping.entries.size() < 2 || is_flow) return;
    const std::string_view first = document_.lines[entry.key.mark.line - 1];
    if (first.find_first_not_of(' ') + 1 != entry.key.mark.column) return;
    const std::size_t last_line = std::max(entry.key.end.line, entry.value.end.line);
    const std::size_t value_end = offset(entry.value.end);
    const std::size_t line_end = std::min(document_.lines.text().find('\n', value_end),
                                          document_.lines.text().size());
    const std::string_view behind =
        base::trim(std::string_view(document_.lines.text()).substr(value_end, line_end - value_end));
    if (!behind.empty() && behind[0] != '#') return;
    const std::size_t start = line_start(entry.key.mark.line);
    edits_.push_back({start, line_start(last_line + 1), "",
                      fmt::format("{}: `{}` taken out: {}", entry.key.mark.line, path.dotted(), why)});
  }

  std::optional<FixedFile> apply(const Options& options) {
    if (edits_.empty()) return std::nullopt;
    std::stable_sort(edits_.begin(), edits_.end(),
                     [](const Edit& a, const Edit& b) { return a.start < b.start; });
    FixedFile fixed{source_.path(), {}, {}};
    std::size_t at = 0;
    const std::string& text = document_.lines.text();
    for (const Edit& edit : edits_) {
      if (edit.start < at) continue;  // inside of what is taken out already
      fixed.text += text.substr(at, edit.start - at) + edit.text;
      fixed.changes.push_back(edit.change);
      at = edit.end;
    }
    fixed.text += text.substr(std::min(at, text.size()));
    const auto again = document::parse_yaml(fixed.text, source_.path(), options.limits, options.yaml);
    if (!again || again->root.kind != Kind::mapping) return std::nullopt;
    return fixed;
  }

 private:
  void replace(const KeyPath& path, const Node& node, const std::string& text) {
    if (node.mark.line != node.end.line || node.is_alias) return;
    const std::string change =
        path.is_secret() ? fmt::format("{}: `{}`", node.mark.line, path.dotted())
                         : fmt::format("{}: `{}`: {} for {}", node.mark.line, path.dotted(), text, node.text);
    edits_.push_back({offset(node.mark), offset(node.end), text, change});
  }

  std::size_t line_start(std::size_t line) const {
    const std::string& text = document_.lines.text();
    if (line > document_.lines.size()) return text.size();
    return static_cast<std::size_t>(document_.lines[line - 1].data() - text.data());
  }

  std::size_t offset(Mark mark) const {
    std::size_t at = line_start(mark.line);
    const std::string& text = document_.lines.text();
    for (std::uint32_t column = 1; column < mark.column && at < text.size(); ++column) {
      at += base::code_point_length(std::string_view(text).substr(at));
    }
    return at;
  }

  const Source& source_;
  const Document& document_;
  std::vector<Edit> edits_;
};

// Text that the offsets of a document are about: it has no byte order mark and is no UTF-16.
bool is_editable(const Source& source) {
  if (!source.is_read() || source.section != nullptr) return false;
  const Document& document = **source.document;
  return document.format == document::Format::yaml && document.documents == 1 &&
         document.lines.text() == source.file->text;
}

void mend_document(const Source& source, Editor& editor) {
  for_each_value((*source.document)->root, [&](const KeyPath& path, const Node& node) {
    if (is_number_only_in_1_2(node)) editor.respell(path, node);
    if (node.kind != Kind::mapping || node.is_alias) return;
    std::unordered_map<std::string, const Entry*> seen;
    for (const Entry& entry : node.entries) {
      const auto [at, is_new] = seen.try_emplace(key_identity(entry.key), &entry);
      if (is_new || document::is_merge_key(entry.key)) continue;
      if (!adds_nothing(entry.value, at->second->value) || !adds_nothing(at->second->value, entry.value)) {
        continue;
      }
      KeyPath way = path;
      way.push(entry.key);
      editor.remove(way, node, entry, fmt::format("equal to line {}", at->second->key.mark.line));
    }
  });
}

const Entry* entry_of(const Node& mapping, const Node& key) {
  const auto found = std::find_if(mapping.entries.begin(), mapping.entries.end(),
                                  [&](const Entry& entry) { return &entry.key == &key; });
  return found == mapping.entries.end() ? nullptr : &*found;
}

void mend_override(const Source& source, const Source& base, const MergeRules& rules, const FixOptions& fix,
                   Editor& editor) {
  for_each_match(*source.mapping(), *base.mapping(), rules, [&](const Match& match) {
    if (match.other == nullptr || match.entry.via != nullptr) return;
    const Node& mine = *match.entry.value;
    const Node& theirs = *match.other->value;
    const bool wants_text = theirs.kind == Kind::scalar && theirs.type == ScalarType::string &&
                            !is_interpolated(theirs) && !is_mandatory_mark(theirs) &&
                            !is_number_only_in_1_2(theirs);
    const bool is_other = mine.kind == Kind::scalar && !mine.quoted && mine.tag.empty() &&
                          mine.type != ScalarType::string;
    if (wants_text && is_other && !rules.flattens()) editor.quote(match.path, mine);
    if (!fix.redundant || mine.is_alias || match.names_item) return;
    if (!adds_nothing(mine, theirs, rules, match.path)) return;
    const Entry* entry = entry_of(match.mapping, *match.entry.key);
    if (entry != nullptr) editor.remove(match.path, match.mapping, *entry, "the base says it already");
  });
}

}  // namespace

std::vector<FixedFile> fixed(const std::vector<File>& files, const Options& options,
                             const FixOptions& fix) {
  std::vector<FixedFile> result;
  for (const Folder& folder : read_folders(files, options)) {
    const Source* base = folder.base();
    for_each_source(folder, [&](const Source& source) {
      if (!is_editable(source)) return;
      Editor editor(source);
      mend_document(source, editor);
      const bool is_override = base != nullptr && !source.environment.empty() &&
                               source.mapping() != nullptr && base->mapping() != nullptr;
      if (is_override) mend_override(source, *base, merge_rules(folder, options), fix, editor);
      if (auto mended = editor.apply(options)) result.push_back(std::move(*mended));
    });
  }
  return result;
}

}  // namespace sluice::config
