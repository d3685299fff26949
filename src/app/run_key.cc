#include "app/run_key.h"

#include "app/digest.h"
#include "finding/fingerprint.h"
#include "git/refs.h"
#include "judge/model_bytes.h"
#include "pack/object_store.h"
#include "rules/rule_set.h"
#include "source/object_store.h"

namespace sluice::app {
namespace {

Status add_refs(const git::Repository& repository, Digest& digest) {
  SLUICE_TRY_ASSIGN(const git::RefList refs, git::all_refs(repository));
  SLUICE_TRY_ASSIGN(const git::Reflogs logs, git::all_reflogs(repository));
  digest.add(std::uint64_t{refs.refs.size()});
  for (const git::Ref& ref : refs.refs) {
    digest.add(ref.name);
    digest.add(ref.symbolic);
    digest.add(ref.target.hex());
  }
  digest.add(std::uint64_t{refs.problems.size()});
  digest.add(std::uint64_t{logs.entries.size()});
  for (const git::ReflogEntry& entry : logs.entries) {
    digest.add(entry.log);
    digest.add(entry.id.hex());
  }
  digest.add(std::uint64_t{logs.problems.size()});
  digest.add(std::uint64_t{repository.shallow_boundary().size()});
  for (const git::Oid& id : repository.shallow_boundary()) digest.add(id.hex());
  return {};
}

// A pack is named by its checksum: the same objects packed in another way have other families.
Status add_objects(const git::Repository& repository, Digest& digest) {
  SLUICE_TRY_ASSIGN(const pack::ObjectStore store, source::open_store(repository));
  digest.add(std::uint64_t{store.packs().size()});
  for (const pack::PackFile& pack : store.packs()) digest.add(pack.index().pack_checksum());
  digest.add(std::uint64_t{store.loose().size()});
  for (const pack::LooseObject& loose : store.loose()) digest.add(loose.id.raw());
  digest.add(std::uint64_t{store.problems().size()});
  return {};
}

void add_rule(const rules::Rule& rule, Digest& digest) {
  for (const std::string_view text : {rule.id, rule.title, rule.pattern, rule.remedy, rule.reference})
    digest.add(text);
  digest.add(std::uint64_t(rule.severity));
  digest.add(std::uint64_t(rule.confidence));
  digest.add(rule.verify);
  digest.add(rule.pair_rule);
  digest.add(std::uint64_t{rule.pair_within});
  digest.add(std::uint64_t{rule.half_only});
  digest.add(std::uint64_t(rule.secret_group));
  digest.add(std::to_string(rule.entropy));
  digest.add(std::uint64_t{rule.window});
  digest.add(std::uint64_t{rule.text_only});
  for (const rules::Strings list :
       {rule.keywords, rule.reject_words, rule.reject_shapes, rule.reject_context,
        rule.include_paths, rule.exclude_paths}) {
    digest.add_all(list);
  }
}

std::string rules_digest(const Session& session) {
  Digest digest;
  // Fingerprints under another key are other fingerprints.
  digest.add(fingerprint("", ""));
  for (const rules::Rule* rule : session.active_rules()) add_rule(*rule, digest);
  return digest.hex();
}

std::string policy_digest(const Session& session) {
  const Options& options = session.options();
  Digest digest;
  digest.add(session.policy().text);
  digest.add(session.baseline_text());
  digest.add_all(options.enable);
  digest.add_all(options.disable);
  digest.add(std::uint64_t(options.least_severity));
  digest.add(std::uint64_t(options.least_confidence.value_or(Confidence::low)));
  digest.add(options.since);
  digest.add(session.source_options().max_blob_size);
  digest.add(std::uint64_t{session.source_options().reachable_only});
  return digest.hex();
}

}  // namespace

// The policy has the other rules in it, and says which ones are off.
std::string settings_digest(const Session& session) {
  Digest digest;
  // Fingerprints under another key are other fingerprints.
  digest.add(fingerprint("", ""));
  digest.add(rules::builtin_rules_digest());
  digest.add(policy_digest(session));
  digest.add(judge::model_bytes());
  return digest.hex();
}

Result<RunKey> run_key(const Session& session) {
  Digest repository;
  SLUICE_TRY(add_refs(*session.repository(), repository));
  SLUICE_TRY(add_objects(*session.repository(), repository));
  return RunKey{repository.hex(), rules_digest(session), policy_digest(session)};
}

}  // namespace sluice::app
