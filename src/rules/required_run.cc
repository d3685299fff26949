#include "rules/required_run.h"

#include <algorithm>

#include "rules/syntax.h"

namespace sluice::rules {
namespace {

using Kind = SyntaxNode::Kind;

RequiredRun run_of(const SyntaxNode& node);

// Whichever child matches, its bytes are of all children's.
RequiredRun run_of_any(const std::vector<SyntaxNode>& children) {
  if (children.empty()) return {};
  RequiredRun run = run_of(children.front());
  for (std::size_t i = 1; i < children.size(); ++i) {
    const RequiredRun one = run_of(children[i]);
    run.set = run.set | one.set;
    run.least = std::min(run.least, one.least);
  }
  return run;
}

// As deep as parse_syntax() lets groups lie in each other.
RequiredRun run_of(const SyntaxNode& node) {
  switch (node.kind) {
    case Kind::bytes: return {node.set, 1};
    case Kind::alternate: return run_of_any(node.children);
    case Kind::repeat:
      if (node.least == 0) return {};
      if (node.children.front().kind == Kind::bytes) return {node.children.front().set, node.least};
      return run_of(node.children.front());
    case Kind::concat: {
      RequiredRun longest;
      for (const SyntaxNode& child : node.children) {
        const RequiredRun one = run_of(child);
        if (one.least > longest.least) longest = one;
      }
      return longest;
    }
    default: return {};
  }
}

}  // namespace

bool RequiredRun::lies_in(std::string_view text) const {
  for (std::size_t begin = 0; text.size() - begin >= least;) {
    std::size_t at = begin + least;
    while (at > begin && set.holds(static_cast<unsigned char>(text[at - 1]))) --at;
    if (at == begin) return true;
    begin = at;  // behind a byte that is none of the set
  }
  return false;
}

RequiredRun required_run(std::string_view expression) {
  const auto syntax = parse_syntax(expression);
  return syntax ? run_of(*syntax) : RequiredRun();
}

}  // namespace sluice::rules
