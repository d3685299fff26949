#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "document/node.h"
#include "finding/fingerprint.h"
#include "policy/checks.h"
#include "policy/path.h"
#include "policy/placeholder.h"
#include "policy/secret_files.h"
#include "policy/untrack.h"
#include "source/item.h"

namespace sluice::policy {
namespace {

using document::Kind;
using document::Node;

constexpr std::size_t largest_file = 4u << 20;
constexpr std::size_t most_related = 20;

// A value under a key that names a secret.
struct Value {
  std::string key;
  std::string secret;
  document::Mark mark;
};

// What the values of a file are.
class Values {
 public:
  // Recursion is bounded by the document's depth.
  void read(const Node& node, const std::string& key, bool is_secret) {
    for (const document::Entry& entry : node.entries)
      read(entry.value, entry.key.text, is_secret || names_secret(entry.key.text));
    for (const Node& item : node.items) read(item, key, is_secret);
    has_value = has_value || node.kind == Kind::scalar;
    if (node.kind == Kind::null) has_placeholder = has_placeholder || is_secret;
    if (node.kind == Kind::scalar && node.type == document::ScalarType::string) note(node, key, is_secret);
  }

  std::vector<Value> real;
  bool has_value = false;
  bool has_placeholder = false;   ///< where a secret would stand
  bool has_other_secret = false;  ///< that is neither real by its looks nor a placeholder

 private:
  void note(const Node& node, const std::string& key, bool is_secret) {
    const std::string_view secret = secret_in(node.text, is_secret);
    if (!secret.empty() && looks_real(secret)) {
      real.push_back({key, std::string(secret), node.mark});
    } else if (is_placeholder(secret)) {
      has_placeholder = has_placeholder || is_secret || !secret.empty();
    } else {
      has_other_secret = true;
    }
  }

  // The password of a URL, the key of a connection string (`AccountName=a;AccountKey=...`), or the whole. The
  // account of Azure's emulator has one key for everybody.
  static std::string_view secret_in(std::string_view text, bool is_secret) {
    if (text.find("AccountName=devstoreaccount1;") != std::string_view::npos) return {};
    if (const std::string_view password = url_password(text); !password.empty()) return password;
    if (text.find(';') != std::string_view::npos) {
      for (const std::string_view part : base::split(text, ';')) {
        const std::size_t equals = part.find('=');
        if (equals != std::string_view::npos && names_secret(part.substr(0, equals))) return part.substr(equals + 1);
      }
    }
    return is_secret ? text : std::string_view();
  }
};

class Finder {
 public:
  Finder(const Subject& subject, const Check& check, FindingSink& sink)
      : subject_(subject), check_(check), sink_(sink) {}

  void look(const TreeFile& file, const SecretFile& kind) {
    const auto format = document::format_of(file.path);
    if (!format) return tell_advice(file, kind);
    const auto bytes = subject_.tree.read(file, largest_file);
    if (!bytes) return sink_.add(source::to_problem(bytes.error()));
    const auto document = document::parse(*format, *bytes, std::string(file.path), {}, {.json_comments = true});
    if (!document) return sink_.add(source::to_problem(document.error()));
    Values values;
    values.read(document->root, "", false);
    if (!values.real.empty()) return tell_values(file, kind, values.real);
    const bool is_template = !values.has_value || (values.has_placeholder && !values.has_other_secret);
    if (!(kind.may_be_template && is_template)) tell_advice(file, kind);
  }

 private:
  void tell_values(const TreeFile& file, const SecretFile& kind, const std::vector<Value>& values) {
    const Value& first = values.front();
    std::string identity;
    for (const Value& value : values) identity += value.key + "=" + value.secret + "\n";
    Finding finding = start(file, identity);
    finding.at.line = finding.at.end_line = first.mark.line;
    finding.at.column = finding.at.end_column = first.mark.column;
    finding.message = fmt::format("{} is where {} keeps secrets, and it is tracked with what looks like {} (the first is {}), "
                                  "which everybody with a clone has",
                                  code(file.path), kind.reader,
                                  values.size() == 1 ? "a real one" : fmt::format("{} real ones", values.size()),
                                  code(first.key.substr(0, 80)));
    finding.excerpt.secret = Secret(first.secret);
    for (std::size_t i = 1; i < values.size() && i <= most_related; ++i)
      finding.related.push_back({std::string(file.path), values[i].mark.line, values[i].mark.column,
                                 code(values[i].key.substr(0, 80)) + " is another", {}});
    finding.remedy = how_to_untrack(subject_, file) + ", commit, and rotate every credential that it held: the history keeps them";
    sink_.add(std::move(finding));
  }

  void tell_advice(const TreeFile& file, const SecretFile& kind) {
    Finding finding = start(file, {});
    finding.severity = Severity::low;
    finding.message = fmt::format("{} is where {} keeps what is secret or one machine's own, and it is tracked: "
                                  "the next secret that is written there is shared",
                                  code(file.path), kind.reader);
    finding.remedy = how_to_untrack(subject_, file) + " and commit; a template beside it may be tracked";
    sink_.add(std::move(finding));
  }

  Finding start(const TreeFile& file, const std::string& identity) const {
    Finding finding = finding_of(check_, file.path);
    finding.origin.object = file.id().hex();
    finding.fingerprint = fingerprint(check_.id, fmt::format("{}\n{}", file.path, identity));
    return finding;
  }

  const Subject& subject_;
  const Check& check_;
  FindingSink& sink_;
};

}  // namespace

void check_secret_file_tracked(const Subject& subject, const Check& check, FindingSink& sink) {
  Finder finder(subject, check, sink);
  for (const TreeFile* const notable : subject.tree.notable_files()) {
    const TreeFile& file = *notable;
    const SecretFile* const kind = secret_file_of(file.path, subject.tree);
    if (kind != nullptr && file.is_regular()) finder.look(file, *kind);
  }
}

}  // namespace sluice::policy
