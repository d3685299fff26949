#include "deploy/check.h"

#include <algorithm>

#include "config/folder.h"
#include "deploy/checks.h"
#include "deploy/workflow.h"
#include "document/node.h"
#include "secrets/reference.h"
#include "source/item.h"

namespace sluice::deploy {
namespace {

constexpr std::size_t largest = 4u << 20;
constexpr std::size_t largest_notebook = 32u << 20;  // outputs hold pictures

// How a file of that kind is read; none: as text.
std::optional<document::Format> format_of(FileKind kind) {
  switch (kind) {
    case FileKind::workflow:
    case FileKind::compose:
    case FileKind::kubernetes:
    case FileKind::helm_values:
      return document::Format::yaml;
    case FileKind::airflow_settings:
    case FileKind::data_tool_settings:
      return document::Format::ini;
    case FileKind::notebook:
      return document::Format::json;
    default:
      return std::nullopt;
  }
}

std::size_t limit_of(FileKind kind) { return kind == FileKind::notebook ? largest_notebook : largest; }

// Which source code and documents are read.
class CodeChoice {
 public:
  explicit CodeChoice(const DeployInput& input) : changed_(input.changed) {
    if (changed_ == nullptr) return;
    reads_prose_ = std::any_of(changed_->begin(), changed_->end(), [](const std::string& path) {
      const FileKind kind = kind_of(path);
      return kind == FileKind::workflow || kind == FileKind::prose;
    });
  }

  bool leaves_out(FileKind kind, std::string_view path) const {
    if (changed_ == nullptr) return false;
    if (kind == FileKind::prose) return !reads_prose_;
    return (kind == FileKind::python || kind == FileKind::notebook) && !changed_->contains(path);
  }

 private:
  const std::set<std::string, std::less<>>* changed_;
  bool reads_prose_ = true;
};

// Runs the checks of single files, and those of several files on what is kept for them.
class Run {
 public:
  Run(const std::function<bool(std::string_view)>& is_active, FindingSink& sink) : sink_(sink) {
    for (const Check& check : checks())
      if (is_active(check.id)) active_.push_back(&check);
  }

  bool wants(FileKind kind) const {
    return std::any_of(active_.begin(), active_.end(),
                       [&](const Check* check) { return check->looks_at(kind); });
  }

  void add(File file) {
    const auto format = format_of(file.kind);
    if (format) {
      // Templates (`{{ .Values.x }}`) and the like are no YAML; the scan has looked at them as
      // text, so they are no problem here.
      document::Limits limits;
      limits.bytes = limit_of(file.kind);
      auto document = document::parse(*format, file.lines.text(), file.path, limits);
      if (document) file.root = std::move(document->root);
      if (!document && document.error().kind == ErrorKind::limit_exceeded)
        sink_.add(source::to_problem(document.error()));
    }
    bool is_kept = false;
    for (const Check* check : active_) {
      if (!check->looks_at(file.kind)) continue;
      is_kept = is_kept || check->run_across != nullptr;
      if (check->run != nullptr && (file.root || !format)) check->run(file, *check, sink_);
    }
    if (is_kept) kept_.push_back(std::move(file));
  }

  // Documents are many, and only looked at for the names of secrets that workflows use.
  bool needs_documents() const {
    return wants(FileKind::prose) && std::any_of(kept_.begin(), kept_.end(), [](const File& file) {
      if (file.kind != FileKind::workflow) return false;
      for (std::size_t i = 0; i < file.lines.size(); ++i)
        if (!secret_uses(file.lines[i]).empty()) return true;
      return false;
    });
  }

  void finish() {
    for (const Check* check : active_)
      if (check->run_across != nullptr) check->run_across(kept_, *check, sink_);
  }

 private:
  FindingSink& sink_;
  std::vector<const Check*> active_;
  std::vector<File> kept_;
};

bool holds_reference(const document::Node& root) {
  std::vector<const document::Node*> pending = {&root};
  while (!pending.empty()) {
    const document::Node* const node = pending.back();
    pending.pop_back();
    if (node->kind == document::Kind::scalar && secrets::is_reference(node->text)) return true;
    for (const document::Entry& entry : node->entries) pending.push_back(&entry.value);
    for (const document::Node& item : node->items) pending.push_back(&item);
  }
  return false;
}

bool holds_reference(const config::Folder& folder) {
  bool found = false;
  config::for_each_source(folder, [&](const config::Source& source) {
    found = found || (source.is_read() && holds_reference((*source.document)->root));
  });
  return found;
}

// The documents, or all but these.
void add_tree(const DeployInput& input, bool documents, Run& run, FindingSink& sink) {
  const CodeChoice choice(input);
  for (const policy::TreeFile* const file_of_tree : input.tree.notable_files()) {
    const policy::TreeFile& entry = *file_of_tree;
    const FileKind kind = kind_of(entry.path);
    if (kind == FileKind::none || !entry.is_regular() || entry.is_unmerged()) continue;
    if ((kind == FileKind::prose) != documents) continue;
    if (!run.wants(kind) || choice.leaves_out(kind, entry.path)) continue;
    auto text = input.tree.read(entry, limit_of(kind));
    if (!text) {
      sink.add(source::to_problem(text.error()));
      continue;
    }
    File file;
    file.path = entry.path;
    file.object = entry.id().hex();
    file.kind = kind;
    file.tree = &input.tree;
    file.lines = document::Lines(std::move(*text));
    run.add(std::move(file));
  }
}

// Parsing takes longer than looking for the schemes, which most configurations do not have.
bool may_hold_reference(const std::vector<config::File>& files) {
  const auto& schemes = secrets::schemes();
  return std::any_of(files.begin(), files.end(), [&](const config::File& file) {
    return std::any_of(schemes.begin(), schemes.end(), [&](std::string_view scheme) {
      return file.text.find(std::string(scheme) + "://") != std::string::npos;
    });
  });
}

void add_configuration(const DeployInput& input, Run& run) {
  if (!run.wants(FileKind::configuration) || !may_hold_reference(input.configuration)) return;
  for (const config::Folder& folder : config::read_folders(input.configuration, input.layout)) {
    if (!holds_reference(folder)) continue;
    config::for_each_source(folder, [&](const config::Source& source) {
      if (!source.is_read()) return;
      File file;
      file.path = source.path();
      if (const auto* const entry = input.tree.find(file.path)) file.object = entry->id().hex();
      file.kind = FileKind::configuration;
      file.environment = source.environment;
      file.lines = document::Lines(source.file->text);
      file.root = (*source.document)->root;
      run.add(std::move(file));
    });
  }
}

}  // namespace

void check_deployment(const DeployInput& input,
                      const std::function<bool(std::string_view)>& is_active, FindingSink& sink) {
  Run run(is_active, sink);
  add_tree(input, false, run, sink);
  if (run.needs_documents()) add_tree(input, true, run, sink);
  add_configuration(input, run);
  run.finish();
}

}  // namespace sluice::deploy
