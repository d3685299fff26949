"""Writes src/judge/model.bin, laid out as src/judge/model.h says."""
import struct

import numpy as np


def forest_bytes(booster=None):
    if booster is None:
        return struct.pack("<fIIIIfHHf", 0.0, 1, 1, 0, 1, float("inf"), 0, 0, 0.0)
    roots, nodes, values, depth = [], [], [], 0
    for tree in booster.dump_model()["tree_info"]:
        root = len(nodes)
        roots.append(root)
        nodes.append(None)
        values.append(0.0)
        waiting = [(tree["tree_structure"], 0, 0)]
        while waiting:
            node, at, level = waiting.pop()
            depth = max(depth, level)
            if "leaf_value" in node:
                nodes[root + at] = (float("inf"), 0, at)
                values[root + at] = node["leaf_value"]
                continue
            left = len(nodes) - root
            # Not above the threshold as it was learned, whatever rounding to 32 bits does.
            threshold = np.float32(node["threshold"])
            nodes[root + at] = (float(threshold), node["split_feature"], left)
            nodes += [None, None]
            values += [0.0, 0.0]
            waiting += [(node["left_child"], left, level + 1), (node["right_child"], left + 1, level + 1)]
    out = struct.pack("<fII", 0.0, max(depth, 1), len(roots)) + np.array(roots, dtype="<u4").tobytes()
    out += struct.pack("<I", len(nodes))
    out += b"".join(struct.pack("<fHH", *node) for node in nodes)
    return out + np.array(values, dtype="<f4").tobytes()


def write(path, feature_count, letters, scale, weights, forests, thresholds):
    """`forests`: by text, by path, for confidence."""
    out = b"SLJ2" + struct.pack("<I", feature_count) + letters.astype(np.int8).tobytes()
    out += struct.pack("<f", scale) + weights.astype(np.int8).tobytes()
    out += b"".join(map(forest_bytes, forests)) + struct.pack("<4f", *thresholds)
    with open(path, "wb") as file:
        file.write(out + bytes(-len(out) % 8))
