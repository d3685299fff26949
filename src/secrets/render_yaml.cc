#include "config/plain_value.h"
#include "secrets/rendering.h"

namespace sluice::secrets {
namespace {

using document::Kind;
using document::Node;

class YamlWriter {
 public:
  YamlWriter(const Values& values, const Origins& origins) : values_(values), origins_(origins) {}

  void write(const Node& node, std::size_t depth, bool behind_dash) {
    if (node.kind == Kind::mapping && !node.entries.empty())
      return write_mapping(node, depth, behind_dash);
    if (node.kind == Kind::sequence && !node.items.empty())
      return write_sequence(node, depth, behind_dash);
    if (node.kind == Kind::mapping) append(out_, "{}");
    if (node.kind == Kind::sequence) append(out_, "[]");
    if (node.kind == Kind::null || node.kind == Kind::scalar) write_scalar(node);
    write_origin(node);
    append(out_, "\n");
  }

  SecureBytes take() { return std::move(out_); }

 private:
  static bool is_block(const Node& node) {
    return (node.kind == Kind::mapping && !node.entries.empty()) ||
           (node.kind == Kind::sequence && !node.items.empty());
  }

  void indent(std::size_t depth) { out_.insert(out_.end(), depth * 2, ' '); }

  void write_mapping(const Node& node, std::size_t depth, bool behind_dash) {
    for (const document::Entry& entry : node.entries) {
      if (!behind_dash || &entry != &node.entries.front()) indent(depth);
      append(out_, config::as_yaml(entry.key));
      append(out_, is_block(entry.value) ? ":\n" : ": ");
      write(entry.value, depth + 1, false);
    }
  }

  void write_sequence(const Node& node, std::size_t depth, bool behind_dash) {
    for (const Node& item : node.items) {
      if (!behind_dash || &item != &node.items.front()) indent(depth);
      append(out_, "- ");
      write(item, depth + 1, true);
    }
  }

  void write_scalar(const Node& node) {
    const auto secret = values_.find(&node);
    if (secret == values_.end()) return append(out_, config::as_yaml(node));
    append_json_string(out_, reveal(secret->second));  // a double-quoted scalar of YAML, too
  }

  void write_origin(const Node& node) {
    if (!origins_) return;
    const std::string origin = origins_(node);
    if (origin.empty()) return;
    append(out_, "  # from ");
    append(out_, origin);
  }

  const Values& values_;
  const Origins& origins_;
  SecureBytes out_;
};

}  // namespace

Result<SecureBytes> render_yaml(const Node& root, const Values& values, const Origins& origins) {
  YamlWriter writer(values, origins);
  writer.write(root, 0, false);
  return writer.take();
}

}  // namespace sluice::secrets
