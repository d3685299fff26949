#!/usr/bin/env python3
"""Trains src/judge/model.bin (docs/detection.md).

  train/train.py --creddata FOLDER [--rows PROGRAM] [--work FOLDER] [--out FILE]
                 [--folds N] [--without PART,...] [--measure-only]

FOLDER of CredData is as its own downloader leaves it: data/ and meta/; where tmp/ is there, too, with the
repositories, the values that people wrote are read from it to learn from and to measure on. Sources in which all candidates are
false are fetched (train/clean.tsv). Needs what train/requirements.txt names."""
import argparse
import collections
import json
import os
import sys

import numpy as np
from sklearn.model_selection import GroupKFold

import data as data_module
import fetch
import letters as letters_module
import model_file
from learn import Learned
from measure import Judged, report
from rows import feature_names

HERE = os.path.dirname(os.path.abspath(__file__))


def crossvalidate(data, names, folds, without):
    """Scores of every candidate, by trees that have not seen its repository: by text, by path, for confidence."""
    scores = np.full((3, len(data.truth)), -np.inf)
    fold_of = np.zeros(len(data.truth), dtype=int)
    learned_from = ~np.isin(data.part, without)
    for number, (seen, unseen) in enumerate(GroupKFold(folds).split(data.truth, data.truth, data.group)):
        model = Learned(data, seen[learned_from[seen]], names)
        scores[:, unseen] = model.predict(data, unseen)
        fold_of[unseen] = number
        print(f"fold {number}: {len(seen)} seen, {len(unseen)} unseen", flush=True)
    return (*scores, fold_of)


def told_lines(data, levels):
    """(path, first line, last line, rule) of all that is told in CredData."""
    original = data.part == "original"
    for i in np.nonzero(original & (levels > 0))[0]:
        path, line, rule = data.place[i]
        yield data_module.below_root(path), line, line, rule
    for path, first, last, rule, _ in data.fixed:
        yield path, first, last, rule


def write_findings(data, levels, path):
    """One JSON object a line, as scorers of CredData read them."""
    with open(path, "w", encoding="utf8") as file:
        for name, first, last, rule in told_lines(data, levels):
            file.write(json.dumps({"path": name, "line": first, "end_line": last, "rule": rule}) + "\n")


def print_tables(data, labels, levels):
    """Found and missed a category; right and wrong lines a rule."""
    told = collections.defaultdict(list)
    for path, first, last, rule in told_lines(data, levels):
        told[path].append((first, last, rule))
    categories, rules = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(lambda: [0, 0])
    for path in set(labels) | set(told):
        true = [l for l in labels.get(path, ()) if l.truth == "T"]
        for label in true:
            hit = any(first <= label.last and label.first <= last for first, last, _ in told.get(path, ()))
            for category in label.categories:
                categories[category][not hit] += 1
        for first, last, rule in set(told.get(path, ())):
            rules[rule][not any(first <= l.last and l.first <= last for l in true)] += 1
    for title, table in (("category: found, missed", categories), ("rule: right, wrong", rules)):
        print(title)
        for name, (good, bad) in sorted(table.items(), key=lambda one: -sum(one[1])):
            print(f"  {name:36s} {good:6d} {bad:6d}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--creddata", required=True)
    parser.add_argument("--rows", default=os.path.join(HERE, "../build/release/bench/detection/detection_rows"))
    parser.add_argument("--work", default="build/train")
    parser.add_argument("--out", default=os.path.join(HERE, "../src/judge/model.bin"))
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--without", default="", help="parts of the data not to learn from, but to measure on")
    parser.add_argument("--measure-only", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    options.clean = fetch.clean_folders(options.work)
    names = feature_names(options.rows)
    options.model = os.path.join(options.work, "start.bin")
    table = letters_module.table(options.clean)
    model_file.write(options.model, len(names), table, 0.0, np.zeros(1 << 16), (None, None, None),
                     (0, 0, 0, 0))
    data, labels = data_module.gather(options, names)
    print({part: (int((data.part == part).sum()), int(data.truth[data.part == part].sum())) for part in sorted(set(data.part))})
    by_text, by_path, sure, fold_of = crossvalidate(data, names, options.folds, options.without.split(","))
    judged = Judged(data, labels, by_path, sure, fold_of)
    figures, levels = report(judged)
    np.savez_compressed(os.path.join(options.work, "scores.npz"), by_path=by_path, sure=sure, by_text=by_text, truth=data.truth,
                        part=data.part, group=np.array(data.group_name), fold=fold_of, levels=levels)
    write_findings(data, levels, os.path.join(options.work, "found.jsonl"))
    print_tables(data, labels, levels)
    chosen = judged.choose(set(fold_of))
    figures["thresholds"] = dict(low=chosen.low, medium=chosen.medium, high=chosen.high)
    print(json.dumps(figures, indent=1))
    with open(os.path.join(options.work, "figures.json"), "w", encoding="utf8") as file:
        json.dump(figures, file, indent=1)
    if options.measure_only:
        return 0
    model = Learned(data, np.nonzero(~np.isin(data.part, options.without.split(",")))[0], names)
    # By the text alone all is kept that may be told at some path: but for one in 500 of what is told.
    keep = float(np.quantile(by_text[by_path >= chosen.low], 0.002))
    model_file.write(options.out, len(names), table, model.linear.scale, model.linear.weights, model.forests(),
                     (keep, chosen.low, chosen.medium, chosen.high))
    return 0


if __name__ == "__main__":
    sys.exit(main())
