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

Status Outline::check_size(const Shape& shape, Mark mark) const {
  if (open_.size() + shape.height > limits_.depth) {
    return error(ErrorKind::limit_exceeded,
                 fmt::format("nested deeper than the limit of {} levels", limits_.depth), mark);
  }
  if (shape.weight <= limits_.nodes && total_ <= limits_.nodes - shape.weight) return {};
  return error(ErrorKind::limit_exceeded,
               fmt::format("more than the limit of {} values, aliases expanded", limits_.nodes), mark);
}

Status Outline::note_anchor(const Token& token) {
  const auto [first, is_new] = anchors_.emplace(token.anchor.view(), count());
  if (is_new) return {};
  return error(ErrorKind::invalid_input,
               fmt::format("an anchor of this name is defined already, in line {}",
                           raw_[first->second].token.mark.line),
               token.mark, "give each anchor its own name");
}

Status Outline::add(Token&& token, const Shape& shape) {
  SLUICE_TRY(check_size(shape, token.mark));
  total_ += shape.weight;
  last_end_ = token.end;
  if (shape.target == 0 && !token.anchor.empty()) SLUICE_TRY(note_anchor(token));
  raw_.push_back({std::move(token), shape});
  return {};
}

Status Outline::add_scalar(Token&& token) {
  return add(std::move(token), {.next = count() + 1});
}

Status Outline::open(Token&& token) {
  SLUICE_TRY(add(std::move(token), {.height = 1}));
  raw_.back().shape.weight = total_ - 1;  // until it is closed: the total before it
  open_.push_back(raw_.size() - 1);
  return {};
}

void Outline::close(Mark end, bool exact) {
  Raw& raw = raw_[open_.back()];
  open_.pop_back();
  raw.shape.next = count();
  raw.shape.weight = total_ - raw.shape.weight;
  raw.token.end = last_end_ = exact ? end : last_end_;
  if (open_.empty()) return;
  Shape& parent = raw_[open_.back()].shape;
  parent.height = std::max(parent.height, raw.shape.height + 1);
}

// Names of anchors stay out of messages: an unquoted password may begin with `*` or `&`.
Status Outline::add_alias(std::string anchor, Mark mark, Mark end) {
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    return error(ErrorKind::invalid_input, "an alias without an anchor of its name before it", mark,
                 "put the anchor at the value it means, or quote the text");
  }
  const Shape target = raw_[found->second].shape;
  if (target.next == 0) {
    return error(ErrorKind::invalid_input, "an alias inside of the value it names", mark);
  }
  Token token;
  token.mark = mark;
  token.end = end;
  token.anchor = anchor;
  has_aliases_ = true;
  SLUICE_TRY(add(std::move(token),
                 {found->second + 1, count() + 1, target.weight, target.height}));
  if (!open_.empty()) {
    Shape& parent = raw_[open_.back()].shape;
    parent.height = std::max(parent.height, target.height + 1);
  }
  return {};
}

Node Outline::build() {
  Node root;
  std::size_t at = 0;
  if (!raw_.empty()) take(at, root);
  return root;
}

std::size_t Outline::count_children(std::size_t at) const {
  std::size_t count = 0;
  for (std::size_t child = at + 1; child < raw_[at].shape.next; child = raw_[child].shape.next) ++count;
  return count;
}

// Recursion is as deep as Limits::depth allows: `add` has checked it with aliases expanded.
void Outline::take(std::size_t& at, Node& into) {
  const std::size_t first = at++;
  Raw& raw = raw_[first];
  if (raw.shape.target != 0) return take_alias(raw, into);
  Token& token = raw.token;
  into.kind = token.kind;
  into.type = token.type;
  into.quoted = token.quoted;
  into.mark = token.mark;
  into.end = token.end;
  if (has_aliases_) {
    into.text = token.text;
    into.tag = token.tag;
  } else {
    into.text = std::move(token.text);
    into.tag = std::move(token.tag);
  }
  if (raw.shape.next == at) return;
  const std::size_t children = count_children(first);
  if (into.kind == Kind::sequence) into.items.reserve(children);
  if (into.kind == Kind::mapping) into.entries.reserve(children / 2);
  take_children(at, raw.shape.next, into);
}

void Outline::take_children(std::size_t& at, std::size_t end, Node& into) {
  while (at < end) {
    if (into.kind == Kind::sequence) {
      take(at, into.items.emplace_back());
    } else {
      Entry& entry = into.entries.emplace_back();
      take(at, entry.key);
      take(at, entry.value);
    }
  }
}

void Outline::take_alias(const Raw& alias, Node& into) {
  std::size_t at = alias.shape.target - 1;
  take(at, into);
  into.mark = alias.token.mark;
  into.end = alias.token.end;
  into.is_alias = true;
}

}  // namespace sluice::document
