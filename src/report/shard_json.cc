#include "report/shard_json.h"

#include <limits>
#include <optional>
#include <vector>

#include "report/shown.h"

namespace sluice::report {
namespace {

constexpr std::size_t most_holders = 200'000'000;
constexpr std::uint64_t no_rank = std::numeric_limits<std::size_t>::max();

// A string as it is; bytes that are no UTF-8 as {"hex": "..."}.
Json exact(std::string_view text) {
  if (base::is_valid_utf8(text)) return std::string(text);
  return {{"hex", base::to_hex(text)}};
}

std::string read_exact(const JsonCursor& json) {
  return json.has("hex") ? bytes_of_hex(json["hex"]) : json.text();
}

Json exact(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) out.push_back(exact(text));
  return out;
}

std::vector<std::string> read_list(const JsonCursor& json) {
  std::vector<std::string> texts;
  json.each([&](const JsonCursor& item) { texts.push_back(read_exact(item)); });
  return texts;
}

Json location_json(const Location& at) {
  return {{"path", exact(at.path)},        {"line", at.line},
          {"column", at.column},           {"end_line", at.end_line},
          {"end_column", at.end_column}};
}

Location read_location(const JsonCursor& json) {
  return {read_exact(json["path"]), json["line"].number32(), json["column"].number32(),
          json["end_line"].number32(), json["end_column"].number32()};
}

Json origin_json(const Origin& origin) {
  return {{"kind", std::string(to_string(origin.kind))},
          {"object", exact(origin.object)},
          {"commit", exact(origin.commit)},
          {"author", exact(origin.author)},
          {"date", exact(origin.date)}};
}

Origin read_origin(const JsonCursor& json) {
  const auto kind = parse_origin_kind(json["kind"].text());
  if (!kind) json["kind"].complain("there is no such origin");
  return {*kind, read_exact(json["object"]), read_exact(json["commit"]),
          read_exact(json["author"]), read_exact(json["date"])};
}

Json finding_json(const Finding& finding) {
  const auto clean = [&](std::string_view text) {
    return exact(std::string_view(without_secret(text, finding, true)));
  };
  Json out = {{"rule", finding.rule},
              {"title", clean(finding.title)},
              {"severity", std::string(to_string(finding.severity))},
              {"confidence", std::string(to_string(finding.confidence))},
              {"message", clean(finding.message)},
              {"remedy", clean(finding.remedy)},
              {"reference", clean(finding.reference)},
              {"at", location_json(finding.at)},
              {"paths", exact(finding.paths)},
              {"origin", origin_json(finding.origin)},
              {"fingerprint", finding.fingerprint}};
  if (!finding.inside.empty()) out["inside"] = clean(finding.inside);
  for (const std::string& rule : finding.also_matches) out["also_matches"].push_back(rule);
  for (const std::string& detail : finding.details) out["details"].push_back(clean(detail));
  out["related"] = Json::array();
  for (const Related& related : finding.related) {
    out["related"].push_back({{"path", exact(related.path)},
                              {"line", related.line},
                              {"column", related.column},
                              {"message", clean(related.message)},
                              {"excerpt", clean(related.excerpt)}});
  }
  out["excerpt"] = {{"before", clean(finding.excerpt.before)},
                    {"secret_characters", finding.excerpt.secret.characters()},
                    {"after", clean(finding.excerpt.after)}};
  if (finding.suppressed) {
    out["suppressed"] = {{"by", exact(finding.suppressed->by)},
                         {"reason", exact(finding.suppressed->reason)}};
  }
  return out;
}

template <class Level>
Level read_level(const JsonCursor& json, std::optional<Level> (*parse)(std::string_view)) {
  const auto level = parse(json.text());
  if (!level) json.complain("there is no such level");
  return *level;
}

Finding read_finding(const JsonCursor& json) {
  Finding finding;
  finding.rule = json["rule"].text();
  finding.title = read_exact(json["title"]);
  finding.severity = read_level(json["severity"], parse_severity);
  finding.confidence = read_level(json["confidence"], parse_confidence);
  finding.message = read_exact(json["message"]);
  if (json.has("inside")) finding.inside = read_exact(json["inside"]);
  if (json.has("also_matches")) finding.also_matches = read_list(json["also_matches"]);
  if (json.has("details")) finding.details = read_list(json["details"]);
  finding.remedy = read_exact(json["remedy"]);
  finding.reference = read_exact(json["reference"]);
  finding.at = read_location(json["at"]);
  finding.paths = read_list(json["paths"]);
  finding.origin = read_origin(json["origin"]);
  finding.fingerprint = json["fingerprint"].text();
  json["related"].each([&](const JsonCursor& one) {
    finding.related.push_back({read_exact(one["path"]), one["line"].number32(),
                               one["column"].number32(), read_exact(one["message"]),
                               read_exact(one["excerpt"])});
  });
  const JsonCursor excerpt = json["excerpt"];
  finding.excerpt = {read_exact(excerpt["before"]),
                     Secret::withheld(excerpt["secret_characters"].number()),
                     read_exact(excerpt["after"])};
  if (json.has("suppressed")) {
    const JsonCursor by = json["suppressed"];
    finding.suppressed = {read_exact(by["by"]), read_exact(by["reason"])};
  }
  return finding;
}

// Of each blob the runs of neighbouring refs that hold it: first, last, first, last, ...
Json presence_json(const Presence& presence) {
  Json out = {{"refs", Json::array()}, {"blobs", Json::object()}};
  for (const Presence::Ref& ref : presence.refs) out["refs"].push_back({{"name", exact(ref.name)}, {"target", ref.target}});
  for (const auto& [id, blob] : presence.blobs) {
    Json& runs = out["blobs"][id] = Json::array();
    for (const std::uint32_t ref : blob.refs) {
      if (!runs.empty() && runs.back() == ref - 1) {
        runs.back() = ref;
      } else {
        runs.push_back(ref);
        runs.push_back(ref);
      }
    }
  }
  return out;
}

std::vector<std::uint32_t> read_runs(const JsonCursor& json, std::size_t ref_count) {
  std::vector<std::uint32_t> refs;
  std::optional<std::uint32_t> first;
  json.each([&](const JsonCursor& number) {
    const std::uint32_t ref = number.number32();
    if (ref >= ref_count || ref < first.value_or(refs.empty() ? 0 : refs.back() + 1))
      number.complain("there is no such ref, or it is out of order");
    if (first) {
      for (std::uint32_t i = *first; i <= ref; ++i) refs.push_back(i);
      first.reset();
    } else {
      first = ref;
    }
  });
  return refs;
}

Presence read_presence(const JsonCursor& json) {
  Presence presence;
  json["refs"].each([&](const JsonCursor& ref) {
    presence.refs.push_back({read_exact(ref["name"]), ref["target"].text()});
  });
  std::size_t holders = 0;
  json["blobs"].each_member([&](const std::string& id, const JsonCursor& runs) {
    std::vector<std::uint32_t>& refs = presence.blobs[id].refs;
    refs = read_runs(runs, presence.refs.size());
    holders += refs.size();
    if (holders > most_holders) runs.complain("more refs hold blobs than can be remembered");
  });
  return presence;
}

Json judgement_json(const Judgement& judgement) {
  Json out = {{"is_history", judgement.is_history}, {"tells_stale", judgement.tells_stale}};
  out["since"] = judgement.since ? Json(*judgement.since) : Json(nullptr);
  out["today"] = judgement.today;
  out["allow"] = Json::array();
  for (const AllowEntry& entry : judgement.allow) {
    out["allow"].push_back({{"fingerprint", exact(entry.fingerprint)},
                            {"rule", exact(entry.rule)},
                            {"paths", exact(entry.paths)},
                            {"reason", exact(entry.reason)},
                            {"expires", exact(entry.expires)},
                            {"where", exact(entry.where)}});
  }
  out["baseline"] = exact(judgement.baseline);
  out["baseline_path"] = exact(judgement.baseline_path);
  return out;
}

Judgement read_judgement(const JsonCursor& json) {
  Judgement judgement;
  judgement.is_history = json["is_history"].flag();
  judgement.tells_stale = json["tells_stale"].flag();
  if (!json["since"].is_null()) judgement.since = json["since"].signed_number();
  judgement.today = json["today"].text();
  json["allow"].each([&](const JsonCursor& entry) {
    judgement.allow.push_back({read_exact(entry["fingerprint"]), read_exact(entry["rule"]),
                               read_list(entry["paths"]), read_exact(entry["reason"]),
                               read_exact(entry["expires"]), read_exact(entry["where"])});
  });
  judgement.baseline = read_exact(json["baseline"]);
  judgement.baseline_path = read_exact(json["baseline_path"]);
  return judgement;
}

}  // namespace

Json shard_json(const ShardRecord& shard) {
  Json out = {{"number", shard.number},
              {"count", shard.count},
              {"repository", shard.repository},
              {"rules", shard.rules},
              {"policy", shard.policy}};
  out["judgement"] = judgement_json(shard.material.judgement);
  out["placed"] = Json::array();
  for (const PlacedFinding& placed : shard.material.placed) {
    Json one = {{"rank", placed.rank == no_rank ? Json(nullptr) : Json(placed.rank)}};
    if (!placed.also_in.empty()) one["also_in"] = placed.also_in;
    one.update(finding_json(placed.finding));
    out["placed"].push_back(std::move(one));
  }
  out["checked"] = Json::array();
  for (const Finding& finding : shard.material.checked) out["checked"].push_back(finding_json(finding));
  out["presence"] = presence_json(shard.material.presence);
  return out;
}

ShardRecord read_shard(const JsonCursor& json) {
  ShardRecord shard;
  shard.number = json["number"].number32();
  shard.count = json["count"].number32();
  if (shard.number < 1 || shard.number > shard.count) json.complain("there is no such shard");
  shard.repository = json["repository"].text();
  shard.rules = json["rules"].text();
  shard.policy = json["policy"].text();
  shard.material.judgement = read_judgement(json["judgement"]);
  json["placed"].each([&](const JsonCursor& one) {
    const JsonCursor rank = one["rank"];
    PlacedFinding& placed = shard.material.placed.emplace_back();
    placed.finding = read_finding(one);
    placed.rank = rank.is_null() ? no_rank : rank.number();
    if (one.has("also_in")) placed.also_in = read_list(one["also_in"]);
  });
  json["checked"].each(
      [&](const JsonCursor& one) { shard.material.checked.push_back(read_finding(one)); });
  shard.material.presence = read_presence(json["presence"]);
  return shard;
}

}  // namespace sluice::report
