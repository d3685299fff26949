#include "pack/decoder.h"

#include "pack/delta.h"

namespace sluice::pack {
namespace {

Status within(std::uint64_t size, std::uint64_t limit) {
  if (size <= limit) return {};
  return fail(ErrorKind::limit_exceeded,
              "the object has " + std::to_string(size) + " bytes, more than the limit");
}

}  // namespace

// `out` is asked for only once the stream is long enough for it.
Status Decoder::inflate(const EntryPlace& place, const EntryHeader& header, Buffer& out) {
  SLUICE_TRY(within(header.size, limit_));
  const std::string_view stream = place.bytes.substr(header.length);
  if (!can_inflate_to(stream.size(), header.size))
    return fail(ErrorKind::corrupt, "the pack entry lies about its size");
  out = pool_.take(static_cast<std::size_t>(header.size));
  switch (inflater_.exactly(stream, out.data(), out.size())) {
    case InflateOutcome::ok:
      return {};
    case InflateOutcome::damaged:
      break;
    case InflateOutcome::too_short:
    case InflateOutcome::too_long:
      return fail(ErrorKind::corrupt, "the pack entry lies about its size");
  }
  return fail(ErrorKind::corrupt, "the pack entry is damaged");
}

Result<Buffer> Decoder::inflate_object(const EntryPlace& place, const EntryHeader& header) {
  Buffer object;
  SLUICE_TRY(inflate(place, header, object));
  return object;
}

Result<Buffer> Decoder::apply_delta(const EntryPlace& place, const EntryHeader& header,
                                    std::string_view base,
                                    std::vector<base::CopiedRange>* copied) {
  Buffer steps;
  SLUICE_TRY(inflate(place, header, steps));
  SLUICE_TRY_ASSIGN(const Delta delta, Delta::parse(steps.view(), base.size()));
  SLUICE_TRY(within(delta.result_size(), limit_));
  Buffer object = pool_.take(static_cast<std::size_t>(delta.result_size()));
  delta.apply(base, object.data(), copied);
  recycle(std::move(steps));
  return object;
}

}  // namespace sluice::pack
