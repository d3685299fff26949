"""Candidates with labels, from CredData, its copies with exchanged values, and clean trees."""
import collections
import os
import zlib

import numpy as np
from scipy import sparse

import corpus
from people import People
from rows import dump

MOST_A_FILE = 250       # false candidates of one file that are learned from
MOST_A_CLEAN_FILE = 40
MOST_A_CLEAN_SOURCE = 2000
PEOPLE = 2.0            # what a password as people make them, or a stand-in, in the place of a true value weighs
AS_WRITTEN = 0.2        # what a true value weighs in the words of who wrote it; one of CredData weighs 1
DOCUMENT = 6            # a file_kind of src/judge/path_features.cc


class Data:
    """Candidates of all sources; `part` tells which source: original, human, stand_in, scrambled, as_written,
    clean."""

    def __init__(self):
        self.features, self.grams = [], [[], [], []]
        self.truth, self.weight, self.group, self.part, self.place = [], [], [], [], []
        self.fixed = []         # (path, line, rule, confidence) of rules that are not judged, in the original

    def add(self, rows, picked, truth, weight, group, part):
        picked = np.array(picked, dtype=np.int64)
        self.features.append(rows.features[picked])
        for i in range(3):
            self.grams[i].append(rows.grams[i][picked])
        self.truth += truth
        self.weight += weight
        self.group += group
        self.part += [part] * len(picked)
        for one in rows.judged[picked]:
            self.place.append((rows.path[one], rows.line[one], rows.rule[one]))

    def close(self, names):
        self.features = np.vstack(self.features)
        # Known, not learned: it bounds what is said, however sure the trees are.
        self.is_doubted = self.features[:, names.index("doubt")] > 0
        self.features[:, names.index("doubt")] = 0
        self.grams = [sparse.vstack(one).tocsr() for one in self.grams]
        self.total_grams = sum(self.grams[1:], self.grams[0]).tocsr()
        self.truth, self.weight = np.array(self.truth), np.array(self.weight, dtype=np.float32)
        names = {name: number for number, name in enumerate(sorted(set(self.group)))}
        self.group_name = self.group
        self.group = np.array([names[name] for name in self.group])
        self.part = np.array(self.part)
        return self


def below_root(path):
    """As CredData's tables name it."""
    return "data/" + path


def truth_of(labels, line, end_line, column):
    """1 true, 0 false, None when the line is true for another value."""
    answer = 0
    for label in labels:
        if label.truth != "T" or end_line < label.first or line > label.last:
            continue
        if label.first != label.last or label.start < 0 or label.start - 3 <= column <= max(label.end, label.start + 1):
            return 1
        answer = None
    return answer


def pick_original(rows, labels):
    picked, truth, weight, group = [], [], [], []
    falses = collections.Counter()
    for number, row in enumerate(rows.judged):
        path = below_root(rows.path[row])
        answer = truth_of(labels.get(path, ()), rows.line[row], rows.end_line[row], rows.column[row])
        if answer is None:
            continue
        if answer == 0:
            falses[path] += 1
            if falses[path] > MOST_A_FILE and zlib.crc32(f"{path} {number}".encode()) % falses[path] >= MOST_A_FILE:
                continue
        picked.append(number)
        truth.append(answer)
        weight.append(1.0)
        group.append(corpus.repository_of(path))
    return picked, truth, weight, group


def thinned(numbers, most, salt):
    """At most about `most` of them, whichever the hash of salt and number says."""
    if len(numbers) <= most:
        return numbers
    return [n for n in numbers if zlib.crc32(f"{salt} {n}".encode()) % len(numbers) < most]


def is_open(rows, number, names):
    """Whether nobody can say: a password in a test or an example is true for CredData, and false for others."""
    where = rows.features[number]
    return (rows.rule[rows.judged[number]] == "generic-password" and
            (where[names.index("in_tests")] > 0 or where[names.index("in_examples")] > 0 or
             where[names.index("file_kind")] == DOCUMENT))


def pick_clean(rows, name, names):
    """Not too many of one file: what repeats itself teaches nothing more."""
    by_file = collections.defaultdict(list)
    for number, row in enumerate(rows.judged):
        if not is_open(rows, number, names):
            by_file[rows.path[row]].append(number)
    kept = [n for path, numbers in sorted(by_file.items()) for n in thinned(numbers, MOST_A_CLEAN_FILE, path)]
    return thinned(kept, MOST_A_CLEAN_SOURCE, name)


def pick_changed(rows, changed, answer, weight):
    """Only what was exchanged: the rest of the files is in the original."""
    picked = [number for number, row in enumerate(rows.judged)
              if rows.line[row] in changed.get(below_root(rows.path[row]), ())]
    group = [corpus.repository_of(below_root(rows.path[rows.judged[number]])) for number in picked]
    return picked, [answer] * len(picked), [weight] * len(picked), group


def pick_true(rows, labels):
    """The true ones of files with the values that people wrote."""
    picked = [number for number, row in enumerate(rows.judged)
              if truth_of(labels.get(below_root(rows.path[row]), ()), rows.line[row], rows.end_line[row],
                          rows.column[row]) == 1]
    group = [corpus.repository_of(below_root(rows.path[rows.judged[number]])) for number in picked]
    return picked, [1] * len(picked), [AS_WRITTEN] * len(picked), group


def exchanges(labels):
    """name -> (choose, answer, weight, seed)."""
    people, stand_ins = People(1), People(2)
    named = lambda label: label.truth == "T" and corpus.is_human_sized(label)
    return {
        "human": (lambda l, v, r: people.password() if named(l) else None, 1, PEOPLE, 11),
        "human2": (lambda l, v, r: people.password() if named(l) else None, 1, PEOPLE, 12),
        "stand_in": (lambda l, v, r: stand_ins.stand_in() if named(l) else None, 0, PEOPLE, 13),
        "scrambled": (lambda l, v, r: corpus.scramble(v, r) if l.truth in "FX" and r.random() < 0.25 else None, 0, 0.3, 14),
    }


def gather(options, names):
    data = Data()
    labels = corpus.read_labels(options.creddata)
    run = lambda name, folders: dump(options.rows, options.model, os.path.join(options.work, name), folders, names)
    rows = run("original", [os.path.join(options.creddata, "data")])
    data.original_rows = rows
    data.add(rows, *pick_original(rows, labels), "original")
    for row in range(len(rows.path)):
        if rows.fixed[row] != "-":
            data.fixed.append((below_root(rows.path[row]), rows.line[row], rows.end_line[row], rows.rule[row], rows.fixed[row]))
    for name, (choose, answer, weight, seed) in exchanges(labels).items():
        out = os.path.join(options.work, "copies", name)
        changed = corpus.exchange(options.creddata, labels, out, choose, seed)
        rows = run(name, [os.path.join(out, "data")])
        data.add(rows, *pick_changed(rows, changed, answer, weight), name.rstrip("2"))
    out = os.path.join(options.work, "copies", "as_written")
    if os.path.isdir(os.path.join(options.creddata, "tmp")):
        corpus.copy_originals(options.creddata, labels, out)
        rows = run("as_written", [os.path.join(out, "data")])
        data.add(rows, *pick_true(rows, labels), "as_written")
    for number, folder in enumerate(options.clean):
        rows = run("clean", [folder])
        name = f"clean {number:02d}"
        picked = pick_clean(rows, name, names)
        data.add(rows, picked, [0] * len(picked), [1.0] * len(picked), [name] * len(picked), "clean")
    return data.close(names), labels
