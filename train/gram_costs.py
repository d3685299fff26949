"""Counts how common four bytes are in source text and writes src/scan/gram_costs.bin: for each place of GramTable
(src/scan/gram_table.h) how often it is met, four bits each. The same file from the same sources (clean.tsv)."""
import argparse
import os

import numpy

from fetch import clean_folders

HERE = os.path.dirname(os.path.abspath(__file__))
ROW_BITS = 13                   # of GramTable
MULTIPLIER = 0x176C4100         # of GramTable
MOST = 3_000_000                # bytes of one source, so that none outweighs the others


def text_of(folder):
    """The bytes of a source's files, in the order of their paths; every n-th file of a large source."""
    paths = sorted(os.path.join(parent, name) for parent, _, names in os.walk(folder) for name in names
                   if name != ".unpacked")
    step = max(1, sum(os.path.getsize(path) for path in paths) // MOST)
    parts = []
    for path in paths[::step]:
        with open(path, "rb") as file:
            parts.append(file.read())
    return b"\n".join(parts)


def counts_of(text):
    """How often each place of the table is met in `text`."""
    folded = numpy.frombuffer(text, dtype=numpy.uint8) | 0x20
    grams = numpy.zeros(max(0, len(folded) - 3), dtype=numpy.uint32)
    for i in range(4):
        grams |= folded[i:len(folded) - 3 + i].astype(numpy.uint32) << numpy.uint32(8 * i)
    rows = grams * numpy.uint32(MULTIPLIER) >> numpy.uint32(32 - ROW_BITS)
    places = rows.astype(numpy.int64) * 32 + (grams >> numpy.uint32(24) & numpy.uint32(31))
    return numpy.bincount(places, minlength=32 << ROW_BITS)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", required=True, help="a folder for the sources")
    parser.add_argument("--out", default=os.path.join(HERE, "..", "src", "scan", "gram_costs.bin"))
    options = parser.parse_args()
    counts = sum(counts_of(text_of(folder)) for folder in clean_folders(options.work))
    share = counts / counts.sum()
    # From one in 2^24 to one in 2^9, a bit each.
    costs = numpy.clip(numpy.round(numpy.log2(share + 1e-12) + 24), 0, 15).astype(numpy.uint8)
    with open(options.out, "wb") as file:
        file.write((costs[0::2] | costs[1::2] << 4).tobytes())
    print(f"{counts.sum():,} grams counted")


if __name__ == "__main__":
    main()
