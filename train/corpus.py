"""CredData's labels, and copies of its files in which values were exchanged."""
import binascii
import collections
import csv
import hashlib
import os
import random
import shutil

OPENSSL = "2ba83c6a"


class Label:
    __slots__ = ("first", "last", "truth", "start", "end", "categories")

    def __init__(self, row):
        number = lambda key: int(row[key]) if row[key] not in ("", None) else -1
        self.first, self.last = int(row["LineStart"]), int(row["LineEnd"])
        self.truth = row["GroundTruth"]
        self.start, self.end = number("ValueStart"), number("ValueEnd")
        self.categories = row["Category"].split(":")


def read_labels(root):
    """path below root -> labels, for files that are there."""
    labels = collections.defaultdict(list)
    meta = os.path.join(root, "meta")
    for name in sorted(os.listdir(meta)):
        if not name.endswith(".csv") or name[:-4] == OPENSSL:
            continue
        with open(os.path.join(meta, name), newline="", encoding="utf8") as file:
            for row in csv.DictReader(file):
                labels[row["FilePath"]].append(Label(row))
    return {path: rows for path, rows in labels.items() if os.path.isfile(os.path.join(root, path))}


def repository_of(path):
    return path.split("data/", 1)[1].split("/", 1)[0]


def copy_originals(root, labels, out):
    """Copies what CredData's downloader left in tmp/, the repositories as they are, to the places of the labelled
    files: their values are those that people wrote. Returns {path: {line}} of what is true there."""
    of_file = {(repository_of(path), os.path.basename(path).split(".")[0]): path for path in labels}
    true = {}
    for name in sorted(os.listdir(os.path.join(root, "tmp"))):
        top = os.path.join(root, "tmp", name)
        repository = f"{binascii.crc32(binascii.unhexlify(name)):08x}"
        for where, _, files in os.walk(top):
            for file in files:
                below = os.path.relpath(os.path.join(where, file), top)
                path = of_file.get((repository, hashlib.sha256(below.encode("utf8", "surrogateescape")).hexdigest()[:8]))
                if path is None:
                    continue
                os.makedirs(os.path.dirname(os.path.join(out, path)), exist_ok=True)
                shutil.copyfile(os.path.join(where, file), os.path.join(out, path))
                true[path] = {label.first for label in labels[path] if label.truth == "T"}
    return true


def is_human_sized(label):
    """Whether a person could have thought up this value: no UUID, key block or long token."""
    return (label.first == label.last and label.start >= 0 and 4 <= label.end - label.start <= 24
            and "UUID" not in label.categories and "PEM Private Key" not in label.categories)


def exchange(root, labels, out, choose, seed):
    """Writes files in which the values of some labels are exchanged. choose(label, value, random) gives the
    new value, or nothing. Returns {path: {line}} of what was exchanged."""
    source = random.Random(seed)
    changed = collections.defaultdict(set)
    for path, rows in sorted(labels.items()):
        with open(os.path.join(root, path), encoding="utf8", errors="surrogateescape", newline="") as file:
            lines = file.read().split("\n")
        done = set()
        for label in sorted(rows, key=lambda one: -one.start):
            if label.first != label.last or label.start < 0 or label.first > len(lines):
                continue
            line = lines[label.first - 1]
            key = (label.first, label.start)
            if label.end > len(line) or key in done:
                continue
            new = choose(label, line[label.start:label.end], source)
            if new is None:
                continue
            done.add(key)
            lines[label.first - 1] = line[:label.start] + new + line[label.end:]
            changed[path].add(label.first)
        if path in changed:
            target = os.path.join(out, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "w", encoding="utf8", errors="surrogateescape", newline="") as file:
                file.write("\n".join(lines))
    return changed


def scramble(value, source):
    """What CredData's obfuscator does: other letters and digits of the same kinds."""
    def other(c):
        if c.islower() and c.isascii():
            return source.choice("abcdefghijklmnopqrstuvwxyz")
        if c.isupper() and c.isascii():
            return source.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return source.choice("0123456789") if c.isdigit() and c.isascii() else c
    return "".join(map(other, value))
