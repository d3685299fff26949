#include "secrets/masker.h"

#include <algorithm>
#include <deque>

#include "secrets/base64.h"
#include "secrets/rendering.h"

namespace sluice::secrets {
namespace {

constexpr std::string_view mask = "[masked]";

SecureBytes percent_encoded(std::string_view value) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view kept = "-._~";
  SecureBytes out;
  for (const char c : value) {
    const bool is_kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || kept.find(c) != kept.npos;
    if (is_kept) {
      out.push_back(c);
      continue;
    }
    out.push_back('%');
    out.push_back(digits[static_cast<unsigned char>(c) >> 4]);
    out.push_back(digits[static_cast<unsigned char>(c) & 15]);
  }
  return out;
}

}  // namespace

Masker::Masker(const std::vector<SecureBytes>& values) : states_(1) {
  for (const SecureBytes& value : values) add_forms(reveal(value));
  link();
}

void Masker::add_forms(std::string_view value) {
  add(value);
  SecureBytes json;
  append_json_string(json, value);
  add(reveal(json).substr(1, json.size() - 2));
  add(reveal(percent_encoded(value)));
  // The first and last characters depend on what stands around the value, so they are left out.
  for (std::size_t shift = 0; shift < 3; ++shift) {
    SecureBytes shifted(shift, ' ');
    append(shifted, value);
    const SecureBytes encoded = encode_base64(reveal(shifted));
    const std::size_t start = shift == 0 ? 0 : shift + 1;
    const std::size_t end = shifted.size() / 3 * 4;
    if (end >= start + 8) add(reveal(encoded).substr(start, end - start));
  }
  if (value.find('\n') == value.npos) return;
  for (std::string_view rest = value; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    add(rest.substr(0, end));
    rest = end == rest.npos ? std::string_view() : rest.substr(end + 1);
  }
}

void Masker::add(std::string_view value) {
  if (value.size() < least) return;
  std::uint32_t state = 0;
  for (const char byte : value) {
    std::uint32_t target = edge(states_[state], byte);
    if (target == 0) {
      target = static_cast<std::uint32_t>(states_.size());
      states_.emplace_back();
      states_.back().depth = states_[state].depth + 1;
      states_[state].edges.push_back({byte, target});
    }
    state = target;
  }
  states_[state].match = states_[state].depth;
}

// The root is nobody's target, so 0 says that there is no edge.
std::uint32_t Masker::edge(const State& state, char byte) {
  for (const Edge& one : state.edges)
    if (one.byte == byte) return one.target;
  return 0;
}

void Masker::link() {
  std::deque<std::uint32_t> pending = {0};
  while (!pending.empty()) {
    const std::uint32_t from = pending.front();
    pending.pop_front();
    for (const Edge& one : states_[from].edges) {
      State& target = states_[one.target];
      target.fallback = from == 0 ? 0 : next(states_[from].fallback, one.byte);
      target.match = std::max(target.match, states_[target.fallback].match);
      pending.push_back(one.target);
    }
  }
}

std::uint32_t Masker::next(std::uint32_t state, char byte) const {
  for (;;) {
    const std::uint32_t target = edge(states_[state], byte);
    if (target != 0 || state == 0) return target;
    state = states_[state].fallback;
  }
}

void Masker::feed(std::string_view piece, SecureBytes& out) {
  for (const char byte : piece) {
    held_.push_back(byte);
    hidden_.push_back(false);
    state_ = next(state_, byte);
    const std::size_t match = states_[state_].match;
    std::fill(hidden_.end() - static_cast<std::ptrdiff_t>(match), hidden_.end(), true);
    if (held_.size() > states_[state_].depth + 4096) release(states_[state_].depth, out);
  }
  release(states_[state_].depth, out);
}

void Masker::release(std::size_t kept, SecureBytes& out) {
  const std::size_t count = held_.size() - kept;
  for (std::size_t i = 0; i < count; ++i) {
    if (!hidden_[i]) out.push_back(held_[i]);
    if (hidden_[i] && !in_mask_) append(out, mask);
    in_mask_ = hidden_[i];
  }
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(count));
  hidden_.erase(hidden_.begin(), hidden_.begin() + static_cast<std::ptrdiff_t>(count));
}

void Masker::finish(SecureBytes& out) {
  release(0, out);
  state_ = 0;
  in_mask_ = false;
}

}  // namespace sluice::secrets
