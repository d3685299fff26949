"""Writes src/judge/model.bin, laid out as src/judge/model.h says."""
import struct

import numpy as np


DEPTH = 6


def forest_bytes(forest=None):
    """`forest`: a base, and of each tree its splits (feature, threshold) and the values of its leaves."""
    base, trees = forest or (0.0, [])
    out = struct.pack("<fI", base, len(trees))
    for splits, _ in trees:
        # A tree that is less deep asks what is never so.
        padded = splits + [(0, float("inf"))] * (DEPTH - len(splits))
        out += struct.pack(f"<{DEPTH}f{DEPTH}H", *(threshold for _, threshold in padded), *(feature for feature, _ in padded))
    for splits, values in trees:
        out += np.array(values + [0.0] * (2 ** DEPTH - len(values)), dtype="<f4").tobytes()
    return out


def write(path, feature_count, letters, scale, weights, forests, thresholds):
    """`forests`: by text, by path, for confidence."""
    out = b"SLJ3" + struct.pack("<I", feature_count) + letters.astype(np.int8).tobytes()
    out += struct.pack("<f", scale) + weights.astype(np.int8).tobytes()
    out += b"".join(map(forest_bytes, forests)) + struct.pack("<4f", *thresholds)
    with open(path, "wb") as file:
        file.write(out + bytes(-len(out) % 8))
