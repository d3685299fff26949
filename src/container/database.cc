#include <fmt/format.h>
#include <sqlite3.h>

#include <memory>
#include <vector>

#include "container/library.h"
#include "container/readers.h"

namespace sluice::container {
namespace {

#define SLUICE_SQLITE_FUNCTIONS(X)                                                                 \
  X(open_v2) X(close_v2) X(deserialize) X(db_config) X(limit) X(progress_handler) X(prepare_v2)    \
  X(step) X(finalize) X(column_count) X(column_name) X(column_type) X(column_blob) X(column_bytes) \
  X(column_text) X(errmsg)

// SQLite (https://sqlite.org/c3ref/intro.html).
struct Sqlite {
#define SLUICE_SQLITE_MEMBER(name) decltype(&::sqlite3_##name) name = nullptr;
  SLUICE_SQLITE_FUNCTIONS(SLUICE_SQLITE_MEMBER)
#undef SLUICE_SQLITE_MEMBER
  std::string fault;

  Sqlite() {
    Library library("libsqlite3.so.0");
#define SLUICE_SQLITE_FIND(name) library.find("sqlite3_" #name, name);
    SLUICE_SQLITE_FUNCTIONS(SLUICE_SQLITE_FIND)
#undef SLUICE_SQLITE_FIND
    fault = library.fault();
  }
};

const Sqlite& sqlite() {
  static const Sqlite functions;
  return functions;
}

struct CloseDatabase {
  void operator()(sqlite3* handle) const { sqlite().close_v2(handle); }
};
struct CloseStatement {
  void operator()(sqlite3_stmt* handle) const { sqlite().finalize(handle); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, CloseStatement>;

// Stops what a crafted file makes endless: a hundred thousand calls of a thousand steps each.
int count_steps(void* calls) { return ++*static_cast<int*>(calls) > 100'000; }

Database open_memory(std::string_view bytes, int& calls) {
  const Sqlite& lib = sqlite();
  sqlite3* raw = nullptr;
  lib.open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
  Database database(raw);
  if (!database) return nullptr;
  lib.db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  lib.db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  lib.db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  lib.db_config(raw, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  lib.limit(raw, SQLITE_LIMIT_EXPR_DEPTH, 50);
  lib.limit(raw, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
  lib.progress_handler(raw, 1000, count_steps, &calls);
  // Read-only: the library never writes to the bytes, which it asks for without const.
  auto* const data = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  if (lib.deserialize(raw, "main", data, size, size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) return nullptr;
  return database;
}

Statement prepare(const Database& database, const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  sqlite().prepare_v2(database.get(), sql.c_str(), static_cast<int>(sql.size()), &raw, nullptr);
  return Statement(raw);
}

std::string quoted(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

void append_escaped(std::string& line, std::string_view value) {
  for (const char c : value) {
    if (c == '\n') line += "\\n";
    else if (c == '\r') line += "\\r";
    else line += c;
  }
}

// A row on one line, so that the line's number is the row's: "name": "value", "name": ...
std::string line_of(sqlite3_stmt* row) {
  const Sqlite& lib = sqlite();
  std::string line;
  for (int i = 0; i < lib.column_count(row); ++i) {
    const int type = lib.column_type(row, i);
    if (type == SQLITE_NULL) continue;
    const void* const value = type == SQLITE_BLOB ? lib.column_blob(row, i) : lib.column_text(row, i);
    const auto size = static_cast<std::size_t>(lib.column_bytes(row, i));
    const char* const name = lib.column_name(row, i);
    if (!line.empty()) line += ", ";
    line += fmt::format("\"{}\": \"", name != nullptr ? name : "");
    if (value != nullptr) append_escaped(line, {static_cast<const char*>(value), size});
    line += '"';
  }
  return line + '\n';
}

// False when reading must end.
bool read_table(const Database& database, const std::string& table, Budget& budget, Visitor& visitor) {
  const Sqlite& lib = sqlite();
  const Statement rows = prepare(database, "SELECT * FROM " + quoted(table));
  std::string text;
  int status = rows ? lib.step(rows.get()) : SQLITE_ERROR;
  for (; status == SQLITE_ROW; status = lib.step(rows.get())) {
    text += line_of(rows.get());
    if (text.size() <= budget.limits.entry_bytes) continue;
    visitor.limited(fmt::format("a table is larger than {} MiB", budget.limits.entry_bytes >> 20));
    break;
  }
  if (!spend(budget, text.size(), visitor)) return false;
  if (!text.empty()) visitor.entry(table, text);
  if (status == SQLITE_ROW || status == SQLITE_DONE) return true;
  visitor.unreadable(fmt::format("{}: {}", table, lib.errmsg(database.get())));
  return status != SQLITE_INTERRUPT;
}

}  // namespace

Status read_database(std::string_view bytes, Budget& budget, Visitor& visitor) {
  if (const std::string& fault = sqlite().fault; !fault.empty()) {
    return fail(ErrorKind::unsupported, "databases need SQLite, which cannot be loaded: " + fault, "",
                "install the package libsqlite3-0 of your distribution");
  }
  int calls = 0;
  const Database database = open_memory(bytes, calls);
  if (!database) {
    visitor.unreadable("it cannot be opened");
    return {};
  }
  std::vector<std::string> tables;
  const Statement names = prepare(database, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 "
                                            "AND name NOT LIKE 'sqlite~_%' ESCAPE '~'");
  if (!names) {
    visitor.unreadable(sqlite().errmsg(database.get()));
    return {};
  }
  while (sqlite().step(names.get()) == SQLITE_ROW) {
    const auto* const name = sqlite().column_text(names.get(), 0);
    if (name != nullptr) tables.emplace_back(reinterpret_cast<const char*>(name));
  }
  for (const std::string& table : tables) {
    if (!read_table(database, table, budget, visitor)) break;
  }
  return {};
}

}  // namespace sluice::container
