#include "app/environment_doctor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "app/tree_checks.h"
#include "deploy/check.h"
#include "finding/kept_findings.h"
#include "policy/tree.h"

namespace sluice::app {
namespace {

namespace fs = std::filesystem;
using secrets::Concern;
using secrets::Request;
using secrets::Wanted;

// What the tree says about secrets and who may read them: see docs/deploy.md.
constexpr std::array<std::string_view, 6> tree_checks = {"SEC019", "SEC020", "SEC021",
                                                         "SEC022", "SEC023", "SEC025"};

Health health_of(Concern::Weight weight) {
  if (weight == Concern::Weight::advice) return Health::advice;
  return weight == Concern::Weight::fault ? Health::sick : Health::undecided;
}

// Missing is wrong; what nobody could say is undecided.
Health health_of(const Error& error) {
  return error.kind == ErrorKind::not_found || error.kind == ErrorKind::invalid_input
             ? Health::sick
             : Health::undecided;
}

std::string with_place(const Error& error) {
  return error.where.empty() ? error.what : fmt::format("{}: {}", error.where, error.what);
}

std::map<std::string, std::vector<Request>> by_scheme(const std::vector<Wanted>& wanted) {
  std::map<std::string, std::set<Request>> sets;
  for (const Wanted& one : wanted)
    sets[one.reference.scheme].insert({one.reference.name, one.reference.version});
  std::map<std::string, std::vector<Request>> lists;
  for (const auto& [scheme, set] : sets) lists[scheme].assign(set.begin(), set.end());
  return lists;
}

class EnvironmentDoctor {
 public:
  EnvironmentDoctor(Resolved& resolved, const ResolveOptions& what)
      : resolved_(resolved), what_(what), needed_(by_scheme(resolved.configuration().wanted)) {}

  std::vector<Diagnosis> examine() {
    ask_who();
    describe_references();
    examine_access();
    check_tree();
    return std::move(list_);
  }

 private:
  void add(std::string id, Health health, std::string what, std::string remedy = {}) {
    list_.push_back({std::move(id), health, std::move(what), std::move(remedy)});
  }

  // A provider that cannot be had, or to whom one is nobody, is told once and not for each reference.
  void ask_who() {
    for (const auto& [scheme, requests] : needed_) {
      const auto provider = resolved_.resolver().provider(scheme);
      const auto who = provider ? (*provider)->identity()
                                : Result<std::string>(tl::unexpected<Error>(provider.error()));
      if (who) {
        add("identity", Health::healthy, fmt::format("{}://: {}", scheme, *who));
        continue;
      }
      add("identity", Health::undecided, fmt::format("{}://: {}", scheme, with_place(who.error())),
          who.error().remedy);
      unreachable_.insert(scheme);
    }
  }

  void describe_references() {
    std::vector<Wanted> wanted;
    for (const Wanted& one : resolved_.configuration().wanted) {
      if (!unreachable_.contains(one.reference.scheme)) {
        wanted.push_back(one);
        continue;
      }
      add("reference", Health::undecided,
          fmt::format("{}: {} ({}): not looked at", one.where, one.key, one.reference.to_string()));
    }
    const auto descriptions = resolved_.resolver().describe(wanted);
    std::set<std::string> told;  // a secret's concerns are told at its first reference
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (descriptions[i]) {
        add_description(wanted[i], *descriptions[i], told);
      } else {
        const Error& error = descriptions[i].error();
        add("reference", health_of(error), with_place(error), error.remedy);
      }
    }
  }

  void add_description(const Wanted& wanted, const secrets::Description& description,
                       std::set<std::string>& told) {
    std::string details = description.details;
    const bool has_unseen_member = !wanted.reference.key.empty() && description.members.empty();
    if (has_unseen_member) details += ", whose members cannot be told without reading it";
    const std::string name = fmt::format("{}://{}", wanted.reference.scheme, wanted.reference.name);
    add("reference", Health::healthy,
        fmt::format("{}: {} ({}): {}", wanted.where, wanted.key, wanted.reference.to_string(),
                    details));
    if (!told.insert(name + "?" + wanted.reference.version).second) return;
    for (const Concern& concern : description.concerns)
      add(concern.id, health_of(concern.weight), fmt::format("{}: {}", name, concern.what),
          concern.remedy);
  }

  // The secrets that other environments' configurations refer to, and this one's does not.
  std::map<std::string, std::vector<Request>> foreign() {
    std::vector<Wanted> others;
    for (const std::string& name : resolved_.configuration().other_environments) {
      ConfigurationQuery query = what_.query;
      query.environment = name;
      const auto other = load_environment(query, resolved_.policy(), resolved_.repository());
      if (!other) {
        add("environment", Health::undecided,
            fmt::format("{} cannot be read, so its secrets are not asked about: {}", name,
                        with_place(other.error().front())),
            other.error().front().remedy);
        continue;
      }
      for (const Wanted& one : (*other)->wanted) {
        const std::vector<Request>& own = needed_[one.reference.scheme];
        const bool is_own = std::any_of(own.begin(), own.end(), [&](const Request& request) {
          return request.name == one.reference.name;
        });
        if (!is_own) others.push_back(one);
      }
    }
    return by_scheme(others);
  }

  void examine_access() {
    auto others = foreign();
    for (const auto& [scheme, requests] : needed_) {
      if (scheme == "env" || requests.empty() || unreachable_.contains(scheme)) continue;
      const auto provider = resolved_.resolver().provider(scheme);
      const auto concerns = (*provider)->examine_access(requests, others[scheme]);
      if (!concerns) {
        add("access", Health::healthy,
            fmt::format("{}://: what else the caller may do is not told here: {}", scheme,
                        concerns.error().what));
        continue;
      }
      for (const Concern& concern : *concerns)
        add(concern.id, health_of(concern.weight), fmt::format("{}://: {}", scheme, concern.what),
            concern.remedy);
      if (concerns->empty())
        add("access", Health::healthy,
            fmt::format("{}://: the caller may read these secrets, and none that only other "
                        "environments use",
                        scheme));
    }
  }

  // What the tracked files say; configuration of other environments is not this one's business.
  void check_tree() {
    const git::Repository* const repository = resolved_.repository();
    if (repository == nullptr || repository->is_bare()) return;
    const auto tree = policy::Tree::of_index(*repository);
    if (!tree) return add("tree", Health::undecided, with_place(tree.error()), tree.error().remedy);
    KeptFindings found;
    const auto files = config_files_of(*tree, resolved_.policy().config, found);
    const auto& disabled = resolved_.policy().disabled;
    const ChangedPaths no_code;
    deploy::check_deployment({*tree, files, resolved_.policy().config, &no_code},
                             [&](std::string_view id) {
                               return std::find(tree_checks.begin(), tree_checks.end(), id) !=
                                          tree_checks.end() &&
                                      std::find(disabled.begin(), disabled.end(), id) ==
                                          disabled.end();
                             },
                             found);
    for (const Problem& problem : found.problems)
      add("tree", Health::undecided, fmt::format("{}: {}", problem.where, problem.what),
          problem.remedy);
    for (const Finding& finding : found.findings) add_finding(finding, files);
  }

  void add_finding(const Finding& finding, const std::vector<config::File>& files) {
    const bool is_configuration = std::any_of(
        files.begin(), files.end(), [&](const auto& file) { return file.path == finding.at.path; });
    if (is_configuration && !is_own_file(finding.at.path)) return;
    add(finding.rule, finding.severity == Severity::low ? Health::advice : Health::sick,
        fmt::format("{}:{}: {}: {}", finding.at.path, finding.at.line, finding.title,
                    finding.message),
        finding.remedy);
  }

  // `path` is from the top of the work tree, the configuration's files are from here.
  bool is_own_file(const std::string& path) const {
    std::error_code error;
    const fs::path full = fs::path(resolved_.repository()->work_tree()) / path;
    const auto& own = resolved_.configuration().files;
    return std::any_of(own.begin(), own.end(), [&](const std::string& file) {
      return fs::equivalent(full, file, error);
    });
  }

  Resolved& resolved_;
  const ResolveOptions& what_;
  std::map<std::string, std::vector<Request>> needed_;
  std::set<std::string> unreachable_;  // schemes
  std::vector<Diagnosis> list_;
};

}  // namespace

tl::expected<EnvironmentDiagnosis, std::vector<Error>> diagnose_environment(
    const Options& options, const ResolveOptions& what) {
  auto resolved = Resolved::open(options, what);
  if (!resolved) return tl::unexpected<std::vector<Error>>(std::move(resolved.error()));
  const EnvironmentConfiguration& configuration = (*resolved)->configuration();
  return EnvironmentDiagnosis{configuration.environment, configuration.wanted.size(),
                              EnvironmentDoctor(**resolved, what).examine()};
}

}  // namespace sluice::app
