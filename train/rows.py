"""Reads what detection_rows writes."""
import subprocess

import numpy as np
from scipy import sparse

GRAMS = 1 << 16


class Rows:
    """One line a candidate: place, rule, features, and grams as three sparse matrices."""

    def __init__(self, prefix, feature_count):
        self.path, self.line, self.end_line, self.column, self.rule, self.fixed = [], [], [], [], [], []
        self.by_text, self.by_path = [], []
        judged = []
        with open(prefix + ".tsv", encoding="utf8", errors="surrogateescape", newline="\n") as file:
            for number, text in enumerate(file):
                path, line, end_line, column, rule, fixed, by_text, by_path = text.rstrip("\n").split("\t")
                self.path.append(path)
                self.line.append(int(line))
                self.end_line.append(int(end_line))
                self.column.append(int(column))
                self.rule.append(rule)
                self.fixed.append(fixed)
                self.by_text.append(float(by_text))
                self.by_path.append(float(by_path))
                if fixed == "-":
                    judged.append(number)
        self.judged = np.array(judged, dtype=np.int64)
        self.features = np.fromfile(prefix + ".features", dtype="<f4").reshape(-1, feature_count)
        self.grams = read_grams(prefix + ".grams", len(self.features))
        assert len(self.judged) == len(self.features)


def read_grams(path, count):
    """Three matrices, for name, value and surroundings; a gram that occurs twice counts twice."""
    numbers = np.fromfile(path, dtype="<u2")
    sizes = np.zeros((count, 3), dtype=np.int64)
    starts = np.zeros((count, 3), dtype=np.int64)
    at = 0
    for row in range(count):
        n, v, s = int(numbers[at]), int(numbers[at + 1]), int(numbers[at + 2])
        sizes[row] = n, v, s
        starts[row] = at + 3, at + 3 + n, at + 3 + n + v
        at += 3 + n + v + s
    matrices = []
    for part in range(3):
        pointers = np.concatenate([[0], np.cumsum(sizes[:, part])])
        picks = np.repeat(starts[:, part] - pointers[:-1], sizes[:, part]) + np.arange(pointers[-1])
        matrix = sparse.csr_matrix((np.ones(pointers[-1], dtype=np.float32), numbers[picks].astype(np.int32), pointers),
                                   shape=(count, GRAMS))
        matrices.append(matrix)
    return matrices


def feature_names(program):
    return subprocess.run([program, "--features"], check=True, capture_output=True, text=True).stdout.split()


def dump(program, model, prefix, folders, names):
    subprocess.run([program, model, prefix, *folders], check=True)
    return Rows(prefix, len(names))
