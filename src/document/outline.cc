#include "document/outline.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace sluice::document {

tl::unexpected<Error> Outline::error(ErrorKind kind, std::string what, Mark mark,
                                     std::string remedy) const {
  return fail(kind, std::move(what), fmt::format("{}:{}:{}", path_, mark.line, mark.column),
              std::move(remedy));
}

Status Outline::check_depth(std::size_t height, Mark mark) const {
  if (open_.size() + height <= limits_.depth) return {};
  return error(ErrorKind::limit_exceeded,
               fmt::format("nested deeper than the limit of {} levels", limits_.depth), mark);
}

Status Outline::add(Raw raw) {
  const Mark mark = raw.token.mark;
  SLUICE_TRY(check_depth(raw.height, mark));
  if (raw.weight > limits_.nodes || total_ > limits_.nodes - raw.weight) {
    return error(ErrorKind::limit_exceeded,
                 fmt::format("more than the limit of {} values, aliases expanded", limits_.nodes),
                 mark);
  }
  total_ += raw.weight;
  last_end_ = raw.token.end;
  if (raw.target == 0 && !raw.token.anchor.empty() &&
      !anchors_.emplace(raw.token.anchor, raw_.size()).second) {
    const Mark first = raw_[anchors_[raw.token.anchor]].token.mark;
    return error(ErrorKind::invalid_input,
                 fmt::format("an anchor of this name is defined already, in line {}", first.line),
                 mark, "give each anchor its own name");
  }
  raw_.push_back(std::move(raw));
  return {};
}

Status Outline::add_scalar(Token token) {
  Raw raw{std::move(token)};
  raw.next = raw_.size() + 1;
  return add(std::move(raw));
}

Status Outline::open(Token token) {
  Raw raw{std::move(token)};
  raw.height = 1;
  SLUICE_TRY(add(std::move(raw)));
  raw_.back().weight = total_ - 1;  // until it is closed: the total before it
  open_.push_back(raw_.size() - 1);
  return {};
}

void Outline::close(Mark end, bool exact) {
  Raw& raw = raw_[open_.back()];
  open_.pop_back();
  raw.next = raw_.size();
  raw.weight = total_ - raw.weight;
  raw.token.end = last_end_ = exact ? end : last_end_;
  if (open_.empty()) return;
  Raw& parent = raw_[open_.back()];
  parent.height = std::max(parent.height, raw.height + 1);
}

// Names of anchors stay out of messages: an unquoted password may begin with `*` or `&`.
Status Outline::add_alias(std::string anchor, Mark mark, Mark end) {
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    return error(ErrorKind::invalid_input, "an alias without an anchor of its name before it", mark,
                 "put the anchor at the value it means, or quote the text");
  }
  const Raw& target = raw_[found->second];
  if (target.next == 0) {
    return error(ErrorKind::invalid_input, "an alias inside of the value it names", mark);
  }
  Raw raw;
  raw.token.mark = mark;
  raw.token.end = end;
  raw.token.anchor = std::move(anchor);
  raw.target = found->second + 1;
  has_aliases_ = true;
  raw.next = raw_.size() + 1;
  raw.weight = target.weight;
  raw.height = target.height;
  const std::size_t height = raw.height;
  SLUICE_TRY(add(std::move(raw)));
  if (!open_.empty()) {
    Raw& parent = raw_[open_.back()];
    parent.height = std::max(parent.height, height + 1);
  }
  return {};
}

Node Outline::build() {
  std::size_t at = 0;
  return raw_.empty() ? Node{} : take(at);
}

std::size_t Outline::count_children(std::size_t at) const {
  std::size_t count = 0;
  for (std::size_t child = at + 1; child < raw_[at].next; child = raw_[child].next) ++count;
  return count;
}

// Recursion is as deep as Limits::depth allows: `add` has checked it with aliases expanded.
Node Outline::take(std::size_t& at) {
  const std::size_t children = count_children(at);
  Raw& raw = raw_[at++];
  if (raw.target != 0) return take_alias(raw);
  Node node;
  node.kind = raw.token.kind;
  node.mark = raw.token.mark;
  node.end = raw.token.end;
  node.text = has_aliases_ ? raw.token.text : std::move(raw.token.text);
  node.type = raw.token.type;
  node.quoted = raw.token.quoted;
  node.tag = has_aliases_ ? raw.token.tag : std::move(raw.token.tag);
  if (node.kind == Kind::sequence) node.items.reserve(children);
  if (node.kind == Kind::mapping) node.entries.reserve(children / 2);
  while (at < raw.next) {
    Node child = take(at);
    if (node.kind == Kind::sequence) {
      node.items.push_back(std::move(child));
    } else {
      node.entries.push_back({std::move(child), take(at)});
    }
  }
  return node;
}

Node Outline::take_alias(const Raw& alias) {
  std::size_t at = alias.target - 1;
  Node node = take(at);
  node.mark = alias.token.mark;
  node.end = alias.token.end;
  node.anchor = alias.token.anchor;
  node.is_alias = true;
  return node;
}

}  // namespace sluice::document
