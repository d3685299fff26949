#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "judge/context.h"
#include "judge/providers.h"
#include "judge/subject.h"

namespace sluice::judge {

/// What speaks against a value that reads like a secret: knowledge that cannot be learned from how values look.
/// Whatever has a doubt is of low confidence.
enum class Doubt : std::uint8_t {
  none,
  uuid,         ///< more often an id than a credential
  public_name,  ///< by its name an id, a label, a file, or made to be seen, as tokens against CSRF are
  outside_string,  ///< the quote before it closes a string: `"password = " + x`
  false_name,   ///< says of itself that it is none: `fake_key`, `invalidToken`, `...EXAMPLE`, `somefakekey`
  number,       ///< a plain number, such as a time or the seed of a hash
  format,       ///< a format of text, to be filled in: `key-%02d`
  counted,      ///< counts up or down, or repeats itself: `a1b2c3d4e5f6`, `abc123def456`, `88888888`
  bare_key,     ///< called `key` and no more: of a map, a cache or a list as often as of a door
  short_key,    ///< a key or token that is shorter than those are
  address,      ///< a URL without an account in it, or a mail address, as anonymous FTP takes for a password
  odd_sign,     ///< a key or token with signs that those never have
  other_form,   ///< has a provider's name, or begins as its tokens do, but has another form than they have
  reply,        ///< what a server answers: `230 Logged in, welcome`
};

/// The first doubt about the value of an assignment. A password may look like anything: about one there are only
/// doubts of its name. Looks no further than farthest_look (judge.h).
Doubt doubt_about(const Providers& providers, const Subject& subject, const Context& context);

/// In words, behind "though"; empty for none.
std::string_view words_for(Doubt doubt);

}  // namespace sluice::judge
