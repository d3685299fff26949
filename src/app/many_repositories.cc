#include "app/many_repositories.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>
#include <utility>

#include "app/child_processes.h"
#include "app/conclusion.h"
#include "app/interrupt.h"
#include "app/merge.h"
#include "app/progress.h"
#include "source/item.h"

namespace sluice::app {
namespace {

// As many bytes of packs are worth one more thread.
constexpr std::uint64_t bytes_a_thread = std::uint64_t{16} << 20;

enum class Outcome { waiting, done, failed };

// The queue: who runs, with how many threads, and what became of whom.
class Queue {
 public:
  Queue(const std::vector<ListedRepository>& repositories, const ManyOptions& options,
        const KeptReports& kept, const AuditOne& audit_one)
      : repositories_(repositories),
        budget_(std::max(1u, options.threads)),
        kept_(kept),
        audit_one_(audit_one),
        progress_(options.shows_progress, "repositories"),
        outcomes_(repositories.size(), Outcome::waiting),
        failures_(repositories.size()),
        order_(repositories.size()) {
    // The greatest first: at the end only small ones are left, so that no thread waits long.
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return repositories_[a].bytes > repositories_[b].bytes;
    });
  }

  void run() {
    while (true) {
      if (!is_interrupted()) start_what_fits();
      if (processes_.running() == 0) break;
      if (const auto ended = processes_.wait()) settle(*ended);
      if (is_interrupted() && !told_) {
        processes_.interrupt();  // a terminal has told them already; who sends a signal has not
        told_ = true;
      }
    }
    progress_.finish();
  }

  Outcome outcome(std::size_t number) const { return outcomes_[number]; }
  const std::string& failure(std::size_t number) const { return failures_[number]; }

 private:
  unsigned threads_for(const ListedRepository& repository) const {
    const std::uint64_t wanted = 1 + repository.bytes / bytes_a_thread;
    return static_cast<unsigned>(std::min<std::uint64_t>(wanted, budget_));
  }

  void start_what_fits() {
    while (next_ < order_.size()) {
      const std::size_t number = order_[next_];
      const unsigned threads = threads_for(repositories_[number]);
      if (used_ + threads > budget_) return;
      ++next_;
      kept_.forget_unfinished(repositories_[number].path);
      const bool started = processes_.start(
          number, [&] { audit_one_(repositories_[number], threads, kept_); });
      if (started) {
        used_ += threads;
        threads_of_[number] = threads;
      } else {
        outcomes_[number] = Outcome::failed;
        failures_[number] = "no process could be started for it";
      }
    }
  }

  void settle(const ChildProcesses::Ended& ended) {
    used_ -= threads_of_[ended.task];
    outcomes_[ended.task] = ended.failure.empty() ? Outcome::done : Outcome::failed;
    failures_[ended.task] = ended.failure;
    progress_.update(++settled_, repositories_.size(), bytes_ += repositories_[ended.task].bytes);
  }

  const std::vector<ListedRepository>& repositories_;
  const unsigned budget_;
  const KeptReports& kept_;
  const AuditOne& audit_one_;
  Progress progress_;
  ChildProcesses processes_;
  std::vector<Outcome> outcomes_;
  std::vector<std::string> failures_;
  std::vector<std::size_t> order_;
  std::map<std::size_t, unsigned> threads_of_;
  std::size_t next_ = 0;
  std::size_t settled_ = 0;
  std::uint64_t bytes_ = 0;
  unsigned used_ = 0;
  bool told_ = false;
};

Audit with_problem(Problem problem) {
  Audit audit;
  audit.scope.kind = "history";
  audit.problems.push_back(std::move(problem));
  audit.exit_code = 2;
  return audit;
}

Audit report_of(const ListedRepository& repository, const Queue& queue, std::size_t number,
                const KeptReports& kept) {
  if (queue.outcome(number) == Outcome::waiting) {
    return with_problem({"interrupted before the repository was looked at", "",
                         "run it again; --resume DIR keeps what is finished"});
  }
  if (queue.outcome(number) == Outcome::failed) {
    return with_problem({queue.failure(number), "", "audit it alone with 'sluice -C DIR history'"});
  }
  auto audit = kept.read(repository.path);
  kept.forget_unfinished(repository.path);
  return audit ? std::move(*audit) : with_problem(source::to_problem(audit.error()));
}

// Everything in `audit` names its repository.
void name_repository(const std::string& name, Audit& audit) {
  for (Finding& finding : audit.findings) finding.repository = name;
  for (Problem& problem : audit.problems)
    problem.where = problem.where.empty() ? name : name + ": " + problem.where;
  for (Skipped& skipped : audit.scope.skipped) skipped.what = name + ": " + skipped.what;
  audit.scope.repositories = {name};
}

// Notes on files that all repositories share hold only if they do for all of them: an entry that
// one of them needs is not stale.
class Notes {
 public:
  explicit Notes(const std::vector<std::string>& shared_files) : shared_files_(shared_files) {}

  void take(const std::string& name, Audit& audit) {
    for (const std::string& note : audit.notes) {
      if (is_shared(note)) {
        ++told_by_[note];
      } else {
        own_.push_back(name.empty() ? note : name + ": " + note);
      }
    }
    audit.notes.clear();
  }

  std::vector<std::string> all(std::size_t repositories) const {
    std::vector<std::string> notes;
    for (const auto& [note, count] : told_by_) {
      if (count == repositories) notes.push_back(note);
    }
    notes.insert(notes.end(), own_.begin(), own_.end());
    return notes;
  }

 private:
  bool is_shared(const std::string& note) const {
    return std::any_of(shared_files_.begin(), shared_files_.end(),
                       [&](const std::string& file) { return note.starts_with(file + ":"); });
  }

  const std::vector<std::string>& shared_files_;
  std::map<std::string, std::size_t> told_by_;
  std::vector<std::string> own_;
};

}  // namespace

Audit audit_many(const std::vector<ListedRepository>& repositories, const ManyOptions& options,
                 const KeptReports& kept, const AuditOne& audit_one) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<std::string> damaged = kept.drop_damaged();
  Queue queue(repositories, options, kept, audit_one);
  queue.run();

  Notes notes(options.shared_files);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < repositories.size(); ++i) {
    Audit audit = report_of(repositories[i], queue, i, kept);
    const std::string name = repositories.size() > 1 ? repositories[i].name : std::string();
    if (!name.empty()) name_repository(name, audit);
    notes.take(name, audit);
    parts.push_back({repositories[i].name, {}, std::move(audit)});
  }
  auto merged = merge(std::move(parts), options.gate);
  Audit audit = merged ? std::move(*merged) : with_problem(source::to_problem(merged.error()));
  audit.scope.description = repositories.size() > 1
                                ? fmt::format("{} repositories", repositories.size())
                                : audit.scope.description;
  audit.notes = std::move(damaged);
  for (std::string& note : notes.all(repositories.size())) audit.notes.push_back(std::move(note));
  audit.scope.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return audit;
}

}  // namespace sluice::app
