// Which lines of a text are new: equal starts and ends are cut off, lines that the other side has none of
// are settled, and of the rest a shortest edit script is looked for (Myers, "An O(ND) Difference Algorithm
// and Its Variations", 1986, in linear space), as long as that does not take too long.

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "git/diff.h"

namespace sluice::git {
namespace {

constexpr std::size_t largest_compared = std::size_t{64} << 20;
constexpr std::size_t most_lines = std::size_t{1} << 22;
// Steps of one search for all of a text, and edits on each side in one place.
constexpr std::size_t most_steps = std::size_t{1} << 27;
constexpr long most_edits = 20'000;

using Line = std::uint32_t;  // equal lines have equal numbers

// Part of the old and of the new lines.
struct Box {
  long old_begin, old_end, new_begin, new_end;

  long old_size() const { return old_end - old_begin; }
  long new_size() const { return new_end - new_begin; }
  bool is_settled() const { return old_size() == 0 || new_size() == 0; }
};

// How far paths of ever more edits get from one corner of a box. Diagonal k holds the places whose old
// position minus their new one is k; for each the greatest old position is kept, or `nowhere`.
class Front {
 public:
  static constexpr long nowhere = -1;

  Front() : reached_(2 * most_edits + 3, nowhere) {}

  void start(long old_size, long new_size) {
    old_size_ = old_size;
    new_size_ = new_size;
    low_ = 1;
    high_ = -1;
  }

  // The diagonals that one more edit can reach, of which every other one is.
  void widen(long edits) {
    last_low_ = low_;
    last_high_ = high_;
    low_ = edits <= new_size_ ? -edits : -(new_size_ - ((edits - new_size_) & 1));
    high_ = edits <= old_size_ ? edits : old_size_ - ((edits - old_size_) & 1);
  }

  // Where the path of one more edit enters diagonal k.
  long enter(long k, long edits) const {
    if (edits == 0) return 0;
    const long left = last(k - 1);
    const long above = last(k + 1);
    const long from_left = left != nowhere && left < old_size_ ? left + 1 : nowhere;
    const long from_above = above != nowhere && above - k <= new_size_ ? above : nowhere;
    return std::max(from_left, from_above);
  }

  void set(long k, long old_at) { reached_[place(k)] = old_at; }
  long low() const { return low_; }
  long high() const { return high_; }

  // What diagonal k has reached with the edits made so far; `nowhere` when that many do not lead there.
  long at(long k) const {
    const bool holds = k >= low_ && k <= high_ && ((k - low_) & 1) == 0;
    return holds ? reached_[place(k)] : nowhere;
  }

 private:
  static std::size_t place(long k) { return static_cast<std::size_t>(k + most_edits + 1); }
  long last(long k) const {
    return k >= last_low_ && k <= last_high_ ? reached_[place(k)] : nowhere;
  }

  std::vector<long> reached_;
  long old_size_ = 0;
  long new_size_ = 0;
  long low_ = 0, high_ = 0;
  long last_low_ = 0, last_high_ = 0;
};

class LineComparison {
 public:
  LineComparison(std::vector<Line> old_lines, std::vector<Line> new_lines)
      : old_(std::move(old_lines)), new_(std::move(new_lines)), kept_(new_.size(), false) {}

  // For each new line whether it is an old one.
  std::vector<bool> run() {
    std::vector<Box> pending;
    pending.push_back({0, static_cast<long>(old_.size()), 0, static_cast<long>(new_.size())});
    while (!pending.empty()) {
      Box box = pending.back();
      pending.pop_back();
      trim(box);
      std::pair<long, long> middle;
      if (box.is_settled() || !find_middle(box, middle)) continue;
      const auto [old_at, new_at] = middle;
      pending.push_back({box.old_begin, box.old_begin + old_at, box.new_begin, box.new_begin + new_at});
      pending.push_back({box.old_begin + old_at, box.old_end, box.new_begin + new_at, box.new_end});
    }
    return std::move(kept_);
  }

 private:
  bool equal(long old_at, long new_at) const {
    return old_[static_cast<std::size_t>(old_at)] == new_[static_cast<std::size_t>(new_at)];
  }

  void trim(Box& box) {
    while (!box.is_settled() && equal(box.old_begin, box.new_begin)) {
      kept_[static_cast<std::size_t>(box.new_begin++)] = true;
      ++box.old_begin;
    }
    while (!box.is_settled() && equal(box.old_end - 1, box.new_end - 1)) {
      kept_[static_cast<std::size_t>(--box.new_end)] = true;
      --box.old_end;
    }
  }

  // A place that a shortest script passes: where the paths from both ends meet. False when finding it
  // takes too long.
  bool find_middle(const Box& box, std::pair<long, long>& middle) {
    const long delta = box.old_size() - box.new_size();
    const bool is_odd = (delta & 1) != 0;
    forward_.start(box.old_size(), box.new_size());
    backward_.start(box.old_size(), box.new_size());
    for (long edits = 0; edits <= most_edits; ++edits) {
      steps_ += static_cast<std::size_t>(2 * edits + 2);
      if (steps_ > most_steps) return false;
      forward_.widen(edits);
      for (long k = forward_.low(); k <= forward_.high(); k += 2) {
        const long old_at = advance<true>(box, k, edits);
        const long other = is_odd ? backward_.at(delta - k) : Front::nowhere;
        if (old_at == Front::nowhere || other == Front::nowhere) continue;
        if (old_at + other < box.old_size()) continue;
        middle = {old_at, old_at - k};
        return true;
      }
      backward_.widen(edits);
      for (long k = backward_.low(); k <= backward_.high(); k += 2) {
        const long old_at = advance<false>(box, k, edits);
        const long other = is_odd ? Front::nowhere : forward_.at(delta - k);
        if (old_at == Front::nowhere || other == Front::nowhere) continue;
        if (old_at + other < box.old_size()) continue;
        middle = {box.old_size() - old_at, box.new_size() - (old_at - k)};
        return true;
      }
    }
    return false;
  }

  // Enters diagonal k and follows it as long as lines are equal.
  template <bool is_forward>
  long advance(const Box& box, long k, long edits) {
    Front& front = is_forward ? forward_ : backward_;
    long old_at = front.enter(k, edits);
    while (old_at != Front::nowhere && old_at < box.old_size() && old_at - k < box.new_size() &&
           (is_forward ? equal(box.old_begin + old_at, box.new_begin + old_at - k)
                       : equal(box.old_end - 1 - old_at, box.new_end - 1 - (old_at - k)))) {
      ++old_at;
      ++steps_;
    }
    front.set(k, old_at);
    return old_at;
  }

  std::vector<Line> old_;
  std::vector<Line> new_;
  std::vector<bool> kept_;
  Front forward_;
  Front backward_;
  std::size_t steps_ = 0;
};

std::size_t count_lines(std::string_view text) {
  const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return text.empty() || text.back() == '\n' ? ends : ends + 1;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Cuts whole lines off the start and the end of both that are equal; returns how many lines at the start.
std::size_t trim_equal(std::string_view& old_text, std::string_view& new_text) {
  const std::size_t common = std::min(old_text.size(), new_text.size());
  std::size_t start = static_cast<std::size_t>(
      std::mismatch(old_text.begin(), old_text.begin() + static_cast<long>(common), new_text.begin()).first -
      old_text.begin());
  start = start == 0 ? 0 : old_text.rfind('\n', start - 1) + 1;  // npos + 1 is 0
  const std::size_t lines = count_lines(new_text.substr(0, start));
  old_text.remove_prefix(start);
  new_text.remove_prefix(start);
  const std::size_t rest = std::min(old_text.size(), new_text.size());
  std::size_t end = static_cast<std::size_t>(
      std::mismatch(old_text.rbegin(), old_text.rbegin() + static_cast<long>(rest), new_text.rbegin()).first -
      old_text.rbegin());
  // Only from where a line starts in both; the whole of the shorter one need not.
  const std::size_t first = old_text.find('\n', old_text.size() - end);
  if (first == std::string_view::npos) return lines;
  end = old_text.size() - first - 1;
  old_text.remove_suffix(end);
  new_text.remove_suffix(end);
  return lines;
}

// Which of the lines of `new_text` are old ones: those that the other side has none of are told apart
// first, and only what is left is compared.
std::vector<bool> kept_lines(std::string_view old_text, std::string_view new_text) {
  const std::vector<std::string_view> new_lines = lines_of(new_text);
  std::unordered_map<std::string_view, std::pair<Line, bool>> numbers;  // and whether the old text has it
  for (const std::string_view line : new_lines)
    numbers.try_emplace(line, static_cast<Line>(numbers.size()), false);
  std::vector<Line> old_numbers;
  for (const std::string_view line : lines_of(old_text)) {
    const auto known = numbers.find(line);
    if (known == numbers.end()) continue;
    known->second.second = true;
    old_numbers.push_back(known->second.first);
  }
  std::vector<Line> shared;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < new_lines.size(); ++i) {
    const auto& [number, is_old] = numbers.at(new_lines[i]);
    if (!is_old) continue;
    shared.push_back(number);
    places.push_back(i);
  }
  std::vector<bool> kept(new_lines.size(), false);
  const std::vector<bool> shared_kept = LineComparison(std::move(old_numbers), std::move(shared)).run();
  for (std::size_t i = 0; i < places.size(); ++i) kept[places[i]] = shared_kept[i];
  return kept;
}

}  // namespace

std::vector<LineRange> added_lines(std::string_view old_bytes, std::string_view new_bytes) {
  if (new_bytes.empty()) return {};
  if (old_bytes.empty() || std::max(old_bytes.size(), new_bytes.size()) > largest_compared)
    return {{1, count_lines(new_bytes)}};
  const std::size_t before = trim_equal(old_bytes, new_bytes);
  const std::size_t count = count_lines(new_bytes);
  std::vector<LineRange> ranges;
  if (count == 0) return ranges;
  if (std::max(count, count_lines(old_bytes)) > most_lines) return {{before + 1, before + count}};
  const std::vector<bool> kept = kept_lines(old_bytes, new_bytes);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i]) continue;
    if (!ranges.empty() && ranges.back().last == before + i) {
      ++ranges.back().last;
    } else {
      ranges.push_back({before + i + 1, before + i + 1});
    }
  }
  return ranges;
}

}  // namespace sluice::git
