"""Writes src/judge/model.bin, laid out as src/judge/model.h says."""
import struct

import numpy as np


DEPTH = 6
TOGETHER = 4        # trees of a group


def forest_bytes(forest=None):
    """`forest`: a base, and of each tree its splits (feature, threshold) and the values of its leaves."""
    base, trees = forest or (0.0, [])
    trees = trees + [([], [])] * (-len(trees) % TOGETHER)
    # A tree that is less deep asks what is never so.
    padded = [splits + [(0, float("inf"))] * (DEPTH - len(splits)) for splits, _ in trees]
    out = struct.pack("<fI", base, len(trees) // TOGETHER)
    for first in range(0, len(trees), TOGETHER):
        asked = [padded[first + k][level] for level in range(DEPTH) for k in range(TOGETHER)]
        out += struct.pack(f"<{len(asked)}f{len(asked)}H", *(threshold for _, threshold in asked), *(feature for feature, _ in asked))
    for splits, values in trees:
        out += np.array(values + [0.0] * (2 ** DEPTH - len(values)), dtype="<f4").tobytes()
    return out


def write(path, feature_count, letters, scale, weights, forests, thresholds):
    """`forests`: by text, by path, for confidence."""
    out = b"SLJ4" + struct.pack("<I", feature_count) + letters.astype(np.int8).tobytes()
    out += struct.pack("<f", scale) + weights.astype(np.int8).tobytes()
    out += b"".join(map(forest_bytes, forests)) + struct.pack("<4f", *thresholds)
    with open(path, "wb") as file:
        file.write(out + bytes(-len(out) % 8))
