#include "project/survey.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "config/environment.h"
#include "document/lines.h"
#include "project/setting.h"

namespace sluice::project {
namespace {

constexpr std::size_t longest_word = 64;
constexpr std::size_t most_selections = 1000;

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

constexpr std::array<std::string_view, 8> settings_classes = {
    "BaseSettings", "env_prefix", "SetEnvPrefix", "envconfig", "dynaconf", "AutomaticEnv",
    "environ.Env", "@ConfigurationProperties"};

// Beginnings of a file's name that a program completes: `config_{env}`, `config/` + env.
constexpr std::array<std::string_view, 9> beginnings = {"config_",   "config-",  "config.",
                                                        "config/",   "conf/",    "configs/",
                                                        "settings/", "settings_", "settings."};

// Words that a name is made of, so that `PREFIX_DB_HOST` is known by a field `db_host`.
void add_endings(const std::string& variable, std::unordered_map<std::string, std::vector<std::string>>& words) {
  const std::string lower = base::to_lower(variable);
  words[lower].push_back(variable);
  for (std::size_t at = lower.find('_'); at != std::string::npos; at = lower.find('_', at + 1)) {
    if (at + 2 < lower.size() && lower[at + 1] != '_') words[lower.substr(at + 1)].push_back(variable);
  }
}

// Tells nearly every word that is not asked for by its length and its first two letters, whatever their case.
class Filter {
 public:
  void add(std::string_view word) {
    if (word.size() >= 2) bits_.set(place(word));
  }
  bool may_hold(std::string_view word) const { return bits_.test(place(word)); }

 private:
  static std::size_t place(std::string_view word) {
    const auto letter = [](char c) { return static_cast<std::size_t>(c) & 0x1F; };
    return letter(word[0]) << 11 | letter(word[1]) << 6 | (word.size() & 0x3F);
  }

  std::bitset<1 << 16> bits_;
};

class Surveyor {
 public:
  explicit Surveyor(const Questions& questions)
      : selectors_(questions.selectors.begin(), questions.selectors.end()),
        templates_(questions.templates.begin(), questions.templates.end()) {
    for (const std::string& name : questions.environments) {
      const bool is_word = std::all_of(name.begin(), name.end(), is_word_byte);
      if (!is_word) phrases_.push_back(name);
      for (const std::string& spelling : config::spellings(name)) environments_[spelling].push_back(name);
    }
    for (const std::string& name : questions.variables) add_endings(name, variables_);
    for (const auto& [spelling, names] : environments_) wanted_.add(spelling);
    for (const auto& [word, names] : variables_) wanted_.add(word);
  }

  void read(const std::string& path, FileRole role, std::string text) {
    path_ = path;
    role_ = role;
    is_template_ = templates_.contains(path);
    is_image_ = path.find("ockerfile") != path.npos || path.ends_with(".sh");
    lines_ = document::Lines(std::move(text));
    text_ = lines_.text();
    read_variables_.clear();
    spellings_here_.clear();
    for (const std::string_view word : settings_classes) {
      result_.has_settings_class = result_.has_settings_class || text_.find(word) != text_.npos;
    }
    read_words();
    for (const std::string& name : phrases_) note_phrase(name);
    if (!read_variables_.empty()) note_readers();
  }

  Survey take() { return std::move(result_); }

 private:
  void read_words() {
    bool is_comment = false;
    for (std::size_t at = 0; at < text_.size();) {
      if (at == 0 || text_[at - 1] == '\n') is_comment = begins_comment(at);
      if (!is_word_byte(text_[at])) {
        ++at;
        continue;
      }
      const std::size_t start = at;
      while (at < text_.size() && is_word_byte(text_[at])) ++at;
      if (at - start >= 2 && at - start <= longest_word && !is_comment) read_word(start, at);
    }
  }

  // The comments of a template say what may be chosen.
  bool begins_comment(std::size_t at) const {
    if (is_template_) return false;
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    const std::string_view rest = text_.substr(at, 2);
    return rest.starts_with('#') || rest == "//" || rest == "--" || rest.starts_with('*');
  }

  void read_word(std::size_t start, std::size_t end) {
    const std::string_view word = text_.substr(start, end - start);
    if (role_ != FileRole::documentation) {
      if (wanted_.may_hold(word)) {
        const std::string lower = base::to_lower(word);
        note_environment(lower, start);
        note_variable(lower, start, end);
      }
      if (word.find('_') != word.npos) {
        for (const std::string_view part : base::split(word, '_')) {
          if (part.size() >= 2 && wanted_.may_hold(part)) note_environment(base::to_lower(part), start);
        }
      }
    }
    if (is_selector(word)) {
      note_selection(std::string(word), start, end);
    } else if (start >= 2 && text_.substr(start - 2, 2) == "--" &&
               (word == "env" || word == "environment" || word == "profile")) {
      note_option(end);
    }
  }

  bool is_selector(std::string_view word) const {
    if (selectors_.contains(word)) return true;
    if (word == "app_env") return true;
    const bool is_upper = std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    return is_upper && (word.ends_with("_ENV") || word.ends_with("_ENVIRONMENT") || word == "ENV" ||
                        word == "ENVIRONMENT");
  }

  void note_environment(const std::string& word, std::size_t at) {
    const auto found = environments_.find(word);
    if (found == environments_.end()) return;
    for (const std::string& name : found->second) {
      if (!result_.mentions.contains(name)) result_.mentions.emplace(name, place(at));
      if (role_ != FileRole::code) continue;
      const auto [first, is_first] = spellings_here_.try_emplace(name, word);
      if (!is_first && first->second != word) result_.known_by_two_names.insert(name);
    }
  }

  // `prod-eu` is no word.
  void note_phrase(const std::string& name) {
    if (role_ == FileRole::documentation || result_.mentions.contains(name)) return;
    const std::size_t at = text_.find(name);
    if (at != text_.npos) result_.mentions.emplace(name, place(at));
  }

  void note_variable(const std::string& word, std::size_t start, std::size_t end) {
    const auto found = variables_.find(word);
    if (found == variables_.end()) return;
    for (const std::string& name : found->second) {
      const bool is_whole = word.size() == name.size();
      // A single word is a field of a settings class, or just a word.
      if (!is_whole && word.find('_') == std::string::npos && !result_.has_settings_class) continue;
      VariableUse& use = result_.variables[name];
      const bool gives = is_whole && !is_template_ && text_.substr(start, end - start) == name &&
                         setting_at(text_, start, end, role_).gives;
      if (gives && use.given.line == 0) use.given = place(start);
      use.is_given_in_image = use.is_given_in_image || (gives && is_image_);
      if (!is_template_ && use.named.line == 0) use.named = place(start);
    }
  }

  void note_selection(std::string variable, std::size_t start, std::size_t end) {
    if (variable == "app_env") variable = "APP_ENV";
    read_variables_.insert(variable);
    const Setting setting = setting_at(text_, start, end, role_);
    if (setting.is_open && text_.find("options:") == text_.npos &&
        !result_.open_selections.contains(variable)) {
      result_.open_selections.emplace(variable, place(start));
    }
    if (!setting.value.empty()) add_selection(std::move(variable), setting.value);
  }

  // `--env prod` on a command line.
  void note_option(std::size_t end) {
    if (end >= text_.size() || (text_[end] != ' ' && text_[end] != '=')) return;
    std::size_t last = ++end;
    while (last < text_.size() && (is_word_byte(text_[last]) || text_[last] == '-')) ++last;
    if (last > end) add_selection("--env", text_.substr(end, last - end));
  }

  void add_selection(std::string variable, std::string_view value) {
    if (result_.selections.size() >= most_selections) return;
    const auto offset = static_cast<std::size_t>(value.data() - text_.data());
    result_.selections.push_back({std::move(variable), std::string(value), role_, place(offset)});
  }

  void note_readers() {
    if (role_ != FileRole::code) return;
    for (const std::string_view beginning : beginnings) {
      if (text_.find(beginning) == text_.npos) continue;
      auto& readers = result_.readers[std::string(beginning)];
      readers.insert(readers.end(), read_variables_.begin(), read_variables_.end());
    }
  }

  Place place(std::size_t offset) const {
    const document::Mark mark = lines_.mark_of_byte(offset);
    return {path_, mark.line, mark.column, std::string(lines_[mark.line - 1])};
  }

  std::set<std::string, std::less<>> selectors_;
  std::unordered_set<std::string> templates_;
  std::unordered_map<std::string, std::vector<std::string>> environments_;  // by spelling
  std::vector<std::string> phrases_;
  Filter wanted_;
  std::unordered_map<std::string, std::vector<std::string>> variables_;  // by ending
  Survey result_;
  std::string path_;
  FileRole role_ = FileRole::none;
  bool is_template_ = false;
  bool is_image_ = false;
  document::Lines lines_;
  std::string_view text_;
  std::set<std::string> read_variables_;
  std::unordered_map<std::string, std::string> spellings_here_;  // the first of each environment
};

}  // namespace

Survey survey(const Files& files, const Questions& questions, FindingSink& sink) {
  Surveyor surveyor(questions);
  const std::set<std::string> left_out(questions.left_out.begin(), questions.left_out.end());
  for (const std::string& path : files.paths) {
    const FileRole role = role_of(path);
    if (role == FileRole::none || left_out.contains(path)) continue;
    auto text = files.read(path);
    if (text) {
      surveyor.read(path, role, std::move(*text));
    } else if (text.error().kind != ErrorKind::limit_exceeded) {
      sink.add(Problem{text.error().what, text.error().where, text.error().remedy});
    }
  }
  return surveyor.take();
}

}  // namespace sluice::project
