#include "policy/history.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "git/object.h"
#include "git/tree.h"
#include "policy/path.h"
#include "policy/published_env.h"
#include "source/item.h"

namespace sluice::policy {
namespace {

constexpr std::size_t deepest = 4096;
constexpr std::size_t most_places = 2'000'000;
constexpr std::size_t most_path_bytes = std::size_t{256} << 20;

struct Child {
  std::string name;
  git::Oid id;
};

// What a tree holds of env files, at any depth.
struct Holding {
  std::vector<Child> files;
  std::vector<Child> folders;  // only those that hold some
};

// `options` as far as the last part of a path can tell: what may be an env file in some folder.
EnvOptions by_name_only(EnvOptions options) {
  for (std::string& glob : options.names) {
    glob.erase(0, glob.rfind('/') + 1);
    if (glob.empty() || glob == "**") glob = "*";
  }
  std::erase_if(options.templates,
                [](const std::string& glob) { return glob.find('/') != std::string::npos; });
  return options;
}

// Learns for each tree, once, whether what may be an env file lies at or below it.
class Holdings {
 public:
  Holdings(const git::Repository& repository, const EnvOptions& options, FindingSink& sink)
      : repository_(repository), options_(by_name_only(options)), names_(options_), sink_(sink) {}

  /// The holding of `tree`, or null when there is no env file in it.
  Result<const Holding*> of(const git::Oid& tree) {
    if (!known_.contains(tree)) SLUICE_TRY(learn(tree));
    const std::size_t number = known_.at(tree);
    return number == 0 ? nullptr : &holdings_[number - 1];
  }

  Result<git::Authorship> authorship_of(const git::Oid& commit) const {
    return git::authorship_of(repository_, commit);
  }

 private:
  struct Frame {
    git::Oid tree;
    std::string name;
    Holding holding;
    std::vector<Child> pending;
  };

  // Depth first, children before their parents, without recursion.
  Status learn(const git::Oid& root) {
    std::vector<Frame> stack;
    stack.push_back(open(root, {}));
    while (!stack.empty()) {
      if (stack.size() > deepest)
        return fail(ErrorKind::limit_exceeded, "folders are nested deeper than 4096", root.hex());
      Frame& top = stack.back();
      if (top.pending.empty()) {
        close(stack);
        continue;
      }
      Child child = std::move(top.pending.back());
      top.pending.pop_back();
      const auto known = known_.find(child.id);
      if (known == known_.end())
        stack.push_back(open(child.id, std::move(child.name)));
      else if (known->second != 0)
        top.holding.folders.push_back(std::move(child));
    }
    return {};
  }

  Frame open(const git::Oid& id, std::string name) {
    Frame frame{id, std::move(name), {}, {}};
    const Status status = read(frame);
    if (!status) sink_.add(source::to_problem(status.error()));
    return frame;
  }

  Status read(Frame& frame) {
    SLUICE_TRY_ASSIGN(const git::Object object,
                      git::read_object(repository_, frame.tree, git::ObjectKind::tree));
    auto entries = git::parse_tree(object.bytes(), object.id().algorithm);
    if (!entries)
      return fail(entries.error().kind, entries.error().what, frame.tree.hex(),
                  entries.error().remedy);
    for (const git::TreeEntry& entry : *entries) {
      if (entry.kind() == git::FileKind::tree)
        frame.pending.push_back({std::string(entry.name), entry.id});
      else if (entry.kind() != git::FileKind::submodule &&
               names_.classify(entry.name) == EnvKind::env_file)
        frame.holding.files.push_back({std::string(entry.name), entry.id});
    }
    return {};
  }

  void close(std::vector<Frame>& stack) {
    Frame done = std::move(stack.back());
    stack.pop_back();
    const bool holds = !done.holding.files.empty() || !done.holding.folders.empty();
    if (holds) holdings_.push_back(std::move(done.holding));
    known_[done.tree] = holds ? holdings_.size() : 0;
    if (holds && !stack.empty())
      stack.back().holding.folders.push_back({std::move(done.name), done.tree});
  }

  const git::Repository& repository_;
  const EnvOptions options_;
  const EnvNames names_;
  FindingSink& sink_;
  std::unordered_map<git::Oid, std::size_t> known_;  // 0, or the holding's place plus 1
  std::vector<Holding> holdings_;
};

class Walk {
 public:
  Walk(Holdings& holdings, const EnvOptions& options) : holdings_(holdings), names_(options) {}

  Status visit(const git::AttributionRoot& root) {
    pending_.push_back({"", root.tree});
    while (!pending_.empty()) {
      const Child folder = std::move(pending_.back());
      pending_.pop_back();
      SLUICE_TRY(open(folder, root));
    }
    return {};
  }

  std::vector<PathInHistory> take() { return std::move(found_); }

 private:
  Status open(const Child& folder, const git::AttributionRoot& root) {
    SLUICE_TRY_ASSIGN(const Holding* const holding, holdings_.of(folder.id));
    if (holding == nullptr || !seen_.insert(key_of(folder)).second) return {};
    if (++places_ > most_places || (path_bytes_ += folder.name.size()) > most_path_bytes)
      return fail(ErrorKind::limit_exceeded, "the history holds too many env files to list them");
    for (const Child& file : holding->files) {
      std::string path = join(folder.name, file.name);
      if (names_.classify(path) != EnvKind::env_file || !paths_.insert(name_of(path, file.id)).second) continue;
      SLUICE_TRY_ASSIGN(const git::Authorship who, holdings_.authorship_of(root.commit));
      found_.push_back({std::move(path), root.commit.is_zero() ? "" : root.commit.hex(), who.author,
                        who.date, file.id.hex()});
    }
    for (const Child& child : holding->folders)
      pending_.push_back({join(folder.name, child.name), child.id});
    return {};
  }

  // Each content of what may be published has to be looked at.
  static std::string name_of(const std::string& path, const git::Oid& id) {
    return may_be_published(path) ? path + '\n' + id.hex() : path;
  }

  // A tree at a path. The bytes of an id have a fixed length, so that no two share a key.
  static std::string key_of(const Child& folder) {
    return std::string(folder.id.bytes.begin(), folder.id.bytes.end()) + folder.name;
  }

  Holdings& holdings_;
  const EnvNames names_;
  std::vector<Child> pending_;  // whole paths
  std::unordered_set<std::string> seen_;
  std::unordered_set<std::string> paths_;
  std::vector<PathInHistory> found_;
  std::size_t places_ = 0;
  std::size_t path_bytes_ = 0;
};

}  // namespace

Result<std::vector<PathInHistory>> env_paths_in_history(
    const git::Repository& repository, const std::vector<git::AttributionRoot>& roots,
    const EnvOptions& options, FindingSink& sink) {
  Holdings holdings(repository, options, sink);
  Walk walk(holdings, options);
  for (const git::AttributionRoot& root : roots) SLUICE_TRY(walk.visit(root));
  return walk.take();
}

}  // namespace sluice::policy
