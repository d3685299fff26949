#include "config/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/text.h"
#include "config/mask.h"
#include "config/plain_value.h"
#include "config/show.h"
#include "config/values.h"

namespace sluice::config {
namespace {

using document::Kind;

constexpr std::size_t widest_value = 40;

class RowReader {
 public:
  explicit RowReader(std::size_t count) : count_(count) {}

  // Recursion is bounded by the documents' depth.
  void read(const Merged& value, std::size_t column, const std::string& path, bool is_secret) {
    for (const Merged::Entry& entry : value.entries) {
      const std::string key = (path.empty() ? "" : path + ".") + entry.key->text;
      const bool hides = is_secret || looks_secret(entry.key->text);
      if (entry.value.kind == Kind::mapping && !entry.value.entries.empty()) {
        read(entry.value, column, key, hides);
        continue;
      }
      const auto [place, is_new] = places_.try_emplace(key, rows_.size());
      if (is_new) rows_.push_back({key, hides, std::vector<const Merged*>(count_, nullptr)});
      rows_[place->second].values[column] = &entry.value;
    }
  }

  std::vector<Row> take() { return std::move(rows_); }

 private:
  std::size_t count_;
  std::vector<Row> rows_;
  std::unordered_map<std::string, std::size_t> places_;
};

std::string cell(const Row& row, std::size_t column, bool redact) {
  const Merged* value = row.values[column];
  if (value == nullptr) return "·";
  return base::escape_for_terminal(one_line(*value, row.is_secret, redact, widest_value));
}

// The first column that says the same as column `at` in every row; `at` itself when none does.
std::size_t equal_column(const std::vector<Row>& rows, std::size_t at) {
  for (std::size_t other = 0; other < at; ++other) {
    if (std::all_of(rows.begin(), rows.end(), [&](const Row& row) {
          return is_equal(row.values[other], row.values[at]);
        })) {
      return other;
    }
  }
  return at;
}

// Columns as wide as their widest cell, divided by two blanks.
std::string table(const std::vector<std::vector<std::string>>& lines) {
  std::vector<std::size_t> widths;
  for (const auto& line : lines) {
    widths.resize(std::max(widths.size(), line.size()));
    for (std::size_t i = 0; i < line.size(); ++i) {
      widths[i] = std::max(widths[i], base::count_code_points(line[i]));
    }
  }
  std::string text;
  for (const auto& line : lines) {
    std::string drawn;
    for (std::size_t i = 0; i < line.size(); ++i) {
      drawn += line[i] + std::string(widths[i] - base::count_code_points(line[i]) + 2, ' ');
    }
    drawn.erase(drawn.find_last_not_of(' ') + 1);
    text += drawn + "\n";
  }
  return text;
}

std::string with_type(const Row& row, std::size_t column, bool redact) {
  const Merged* value = row.values[column];
  if (value == nullptr) return "·";
  return fmt::format("{} ({})", cell(row, column, redact), describe(*value->given.value));
}

struct InList {
  const Merged* value = nullptr;  // null: there is none
  bool is_secret = false;
};

// What `way` (`[1].image`) leads to from `value`, a list or what lies in one. Recursion is bounded by depth.
InList find_in_list(const Merged& value, std::string_view way, bool is_secret) {
  if (way.empty()) return {&value, is_secret};
  if (way[0] == '[') {
    std::size_t index = 0;
    const char* const end = way.data() + way.size();
    const auto [behind, error] = std::from_chars(way.data() + 1, end, index);
    if (error != std::errc() || behind == end || *behind != ']' || index >= value.items.size()) return {};
    return find_in_list(value.items[index], way.substr(static_cast<std::size_t>(behind + 1 - way.data())), is_secret);
  }
  if (way[0] != '.') return {};
  for (const Merged::Entry& entry : value.entries) {
    const std::string& key = entry.key->text;
    if (!way.substr(1).starts_with(key)) continue;
    const bool hides = is_secret || looks_secret(key);
    if (const InList found = find_in_list(entry.value, way.substr(1 + key.size()), hides); found.value != nullptr) {
      return found;
    }
  }
  return {};
}

std::string tell_origin(const std::string& key, const Merged& value, bool is_secret, bool redact) {
  std::vector<std::vector<std::string>> lines;
  const auto add = [&](const Given& given, const std::string& what) {
    Merged alone;
    alone.kind = given.value->kind;
    alone.given = given;
    const bool is_collection = alone.kind == Kind::mapping || alone.kind == Kind::sequence;
    const std::string text = is_collection ? describe(*given.value) : one_line(alone, is_secret, redact, 80);
    lines.push_back({base::escape_for_terminal(place_of(given)), base::escape_for_terminal(text), what});
  };
  for (const Given& given : value.overridden) add(given, "overridden");
  add(value.given, value.overridden.empty() ? "the only one" : "counts");
  return fmt::format("{} = {}\n", base::escape_for_terminal(key),
                     base::escape_for_terminal(one_line(value, is_secret, redact, 200))) +
         table(lines);
}

}  // namespace

std::vector<Row> rows(const std::vector<const Merged*>& configurations) {
  RowReader reader(configurations.size());
  for (std::size_t i = 0; i < configurations.size(); ++i) {
    reader.read(*configurations[i], i, "", false);
  }
  return reader.take();
}

bool is_equal(const Merged* a, const Merged* b) {
  if (a == nullptr || b == nullptr) return a == b;
  if (a->kind != b->kind || a->items.size() != b->items.size() ||
      a->entries.size() != b->entries.size()) {
    return false;
  }
  if (a->kind == Kind::scalar) {
    const document::Node& left = *a->given.value;
    const document::Node& right = *b->given.value;
    return left.type == right.type && as_json(left) == as_json(right);
  }
  for (std::size_t i = 0; i < a->items.size(); ++i) {
    if (!is_equal(&a->items[i], &b->items[i])) return false;
  }
  return std::all_of(a->entries.begin(), a->entries.end(), [&](const Merged::Entry& entry) {
    return is_equal(&entry.value, b->find(entry.key->text));
  });
}

std::string diff_table(const Merged& left, const Merged& right, const std::string& left_name,
                       const std::string& right_name, bool redact) {
  std::vector<std::vector<std::string>> lines = {{"key", left_name, right_name, "from"}};
  for (const Row& row : rows({&left, &right})) {
    if (is_equal(row.values[0], row.values[1])) continue;
    std::string from;
    for (const Merged* value : row.values) {
      from += (from.empty() ? "" : ", ") + (value == nullptr ? "·" : place_of(value->given));
    }
    lines.push_back({base::escape_for_terminal(row.key), with_type(row, 0, redact),
                     with_type(row, 1, redact), base::escape_for_terminal(from)});
  }
  if (lines.size() == 1) return fmt::format("{} and {} do not differ\n", left_name, right_name);
  return table(lines);
}

Table matrix(const std::vector<const Merged*>& configurations, const std::vector<std::string>& names,
             bool redact, std::size_t most_rows) {
  const std::vector<Row> all = rows(configurations);
  Table result;
  result.columns = {"key"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t twin = equal_column(all, i);
    result.columns.push_back(twin < i ? fmt::format("{} (= {})", names[i], names[twin]) : names[i]);
  }
  for (const Row& row : all) {
    if (result.rows.size() == most_rows) break;
    std::vector<Table::Cell> line = {{Table::Cell::Kind::value, row.key}};
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      const bool is_as_base = i > 0 && row.values[i] != nullptr && is_equal(row.values[0], row.values[i]);
      if (row.values[i] == nullptr) {
        line.push_back({Table::Cell::Kind::hole, {}});
      } else {
        line.push_back({is_as_base ? Table::Cell::Kind::same : Table::Cell::Kind::value,
                        one_line(*row.values[i], row.is_secret, redact, widest_value)});
      }
    }
    result.rows.push_back(std::move(line));
  }
  return result;
}

std::string matrix_table(const std::vector<const Merged*>& configurations,
                         const std::vector<std::string>& names, bool redact) {
  const Table all = matrix(configurations, names, redact, std::size_t(-1));
  std::vector<std::vector<std::string>> lines = {all.columns};
  for (const auto& row : all.rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const Table::Cell& cell : row) {
      line.push_back(cell.kind == Table::Cell::Kind::hole   ? "·"
                     : cell.kind == Table::Cell::Kind::same ? "="
                                                            : base::escape_for_terminal(cell.text));
    }
  }
  for (std::string& name : lines.front()) name = base::escape_for_terminal(name);
  return table(lines);
}

std::optional<std::string> why(const Merged& root, const std::string& key, bool redact,
                               std::string& near) {
  std::vector<std::string> keys;
  for (const Row& row : rows({&root})) {
    keys.push_back(row.key);
    if (!key.starts_with(row.key)) continue;
    const std::string_view behind = std::string_view(key).substr(row.key.size());
    if (!behind.empty() && behind[0] != '[') continue;
    const InList found = find_in_list(*row.values[0], behind, row.is_secret);
    if (found.value != nullptr) return tell_origin(key, *found.value, found.is_secret, redact);
  }
  near = base::nearest(key, keys);
  return std::nullopt;
}

}  // namespace sluice::config
