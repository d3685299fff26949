#include "secrets/aws_description.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>

#include "base/text.h"

namespace sluice::secrets {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;
constexpr std::int64_t longest_pending = seconds_a_day;

std::string text_of(const JsonText& object, std::string_view name) {
  const auto member = object.member(name);
  return member ? std::string(reveal(member->bytes())) : std::string();
}

// A time as the service writes it: seconds since 1970, with a fraction, perhaps as 1.7E9.
std::optional<std::int64_t> time_of(const JsonText& object, std::string_view name) {
  const std::string text = text_of(object, name);
  double seconds = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (text.empty() || read.ec != std::errc() || !(seconds > 0 && seconds < 1e11))
    return std::nullopt;
  return static_cast<std::int64_t>(seconds);
}

std::string day_of(std::int64_t time) {
  const std::time_t seconds = time;
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

// Whether a version of `VersionIdsToStages` is `wanted`, an id or a stage. Its members cannot be
// listed by JsonText, so the stages are looked for in the text, which holds ids and stages alone.
bool has_version(const JsonText& reply, const std::string& wanted) {
  const auto versions = reply.member("VersionIdsToStages");
  if (!versions) return false;
  return versions->member(wanted).has_value() ||
         versions->raw().find('"' + wanted + '"') != std::string_view::npos;
}

void add_rotation(const JsonText& reply, Description& description) {
  const auto last = time_of(reply, "LastRotatedDate");
  if (text_of(reply, "RotationEnabled") == "true") {
    const auto rules = reply.member("RotationRules");
    const std::string days = rules ? text_of(*rules, "AutomaticallyAfterDays") : std::string();
    const bool is_number =
        !days.empty() && days.size() < 6 && days.find_first_not_of("0123456789") == days.npos;
    description.details = is_number ? fmt::format("rotates every {} days", days) : "rotates";
    if (const auto next = time_of(reply, "NextRotationDate");
        next && *next + seconds_a_day < std::time(nullptr))
      description.concerns.push_back({Concern::Weight::fault, "rotation-late",
                                      fmt::format("it should have rotated on {}", day_of(*next)),
                                      "look at the logs of its rotation function"});
  } else {
    description.details = "does not rotate";
    description.concerns.push_back(
        {Concern::Weight::advice, "no-rotation", "nothing rotates it",
         "turn rotation on (aws secretsmanager rotate-secret), or say where it is changed by hand"});
  }
  if (last) description.details += fmt::format(", last rotated {}", day_of(*last));
}

void add_pending(const JsonText& reply, Description& description) {
  const auto versions = reply.member("VersionIdsToStages");
  if (!versions || versions->raw().find("\"AWSPENDING\"") == std::string_view::npos) return;
  // On the current version the stage is left over from a rotation that has ended.
  const std::string_view raw = versions->raw();
  const std::size_t pending = raw.find("\"AWSPENDING\"");
  const std::size_t from = raw.rfind('[', pending);
  const std::string_view stages = raw.substr(from, raw.find(']', pending) - from);
  if (stages.find("\"AWSCURRENT\"") != stages.npos) return;
  description.details += ", a new version is pending";
  const auto changed = time_of(reply, "LastChangedDate");
  if (changed && *changed + longest_pending < std::time(nullptr))
    description.concerns.push_back(
        {Concern::Weight::fault, "rotation-stuck",
         fmt::format("a rotation begun by {} has not ended: a version is still AWSPENDING",
                     day_of(*changed)),
         "look at the logs of its rotation function, then rotate anew or take AWSPENDING away"});
}

bool is_everybody(const JsonText& statement) {
  const auto principal = statement.member("Principal");
  if (!principal) return false;
  if (principal->equals("*")) return true;
  const auto aws = principal->member("AWS");
  if (!aws) return false;
  const auto items = aws->items();
  return aws->equals("*") || std::any_of(items.begin(), items.end(),
                                         [](const JsonText& one) { return one.equals("*"); });
}

}  // namespace

Result<Description> describe_aws_secret(const JsonText& reply, const std::string& version) {
  if (const auto deleted = time_of(reply, "DeletedDate"))
    return fail(ErrorKind::not_found,
                fmt::format("it is marked for deletion since {}", day_of(*deleted)), {},
                "aws secretsmanager restore-secret brings it back");
  if (reply.member("VersionIdsToStages")) {
    if (version.empty() && !has_version(reply, "AWSCURRENT"))
      return fail(ErrorKind::not_found, "it has no value yet (no version is AWSCURRENT)", {},
                  "give it one: aws secretsmanager put-secret-value");
    if (!version.empty() && !has_version(reply, version))
      return fail(ErrorKind::not_found, "it has no such version");
  }
  Description description;
  add_rotation(reply, description);
  if (const auto changed = time_of(reply, "LastChangedDate"))
    description.details += fmt::format(", last changed {}", day_of(*changed));
  add_pending(reply, description);
  return description;
}

void add_policy_concerns(std::string_view reply, Description& description) {
  const auto json = JsonText::parse(reply);
  const auto text = json ? json->member("ResourcePolicy") : std::nullopt;
  if (!text || text->kind() != JsonText::Kind::string) return;
  const SecureBytes policy = text->bytes();
  const auto document = JsonText::parse(reveal(policy));
  const auto statements = document ? document->member("Statement") : std::nullopt;
  if (!statements) return;
  std::vector<JsonText> list = statements->items();
  if (list.empty()) list.push_back(*statements);
  const bool is_open = std::any_of(list.begin(), list.end(), [](const JsonText& statement) {
    const auto effect = statement.member("Effect");
    return effect && effect->equals("Allow") && is_everybody(statement) &&
           !statement.member("Condition");
  });
  if (is_open)
    description.concerns.push_back({Concern::Weight::fault, "open-policy",
                                    "its own policy lets everybody in (Principal \"*\" without a "
                                    "condition)",
                                    "name the roles that may read it"});
}

}  // namespace sluice::secrets
