#!/usr/bin/env python3
"""Trains src/judge/model.bin (docs/detection.md).

  train/train.py --creddata FOLDER --clean FOLDER... [--rows PROGRAM] [--work FOLDER] [--out FILE]
                 [--folds N] [--without PART,...] [--measure-only]

FOLDER of CredData is as its own downloader leaves it: data/ and meta/. Clean folders hold sources in which
all candidates are false. Needs numpy, scipy, scikit-learn and lightgbm (train/requirements.txt)."""
import argparse
import collections
import json
import os
import sys

import numpy as np
from sklearn.model_selection import GroupKFold

import data as data_module
import letters as letters_module
import model_file
from learn import Learned
from measure import precision_between, score_lines, thresholds_for
from rows import feature_names

HERE = os.path.dirname(os.path.abspath(__file__))


def crossvalidate(data, names, folds, without):
    """Scores of every candidate, by trees that have not seen its repository."""
    by_path = np.full(len(data.truth), -np.inf)
    by_text = by_path.copy()
    fold_of = np.zeros(len(data.truth), dtype=int)
    learned_from = ~np.isin(data.part, without)
    for number, (seen, unseen) in enumerate(GroupKFold(folds).split(data.truth, data.truth, data.group)):
        model = Learned(data, seen[learned_from[seen]], names)
        by_path[unseen], by_text[unseen] = model.predict(data, unseen)
        fold_of[unseen] = number
        print(f"fold {number}: {len(seen)} seen, {len(unseen)} unseen", flush=True)
    return by_path, by_text, fold_of


def lines_of(data, chosen):
    return {(data_module.below_root(path), line, line) for path, line, rule in
            (data.place[i] for i in np.nonzero(chosen)[0])}


def find_low(data, labels, scores):
    """The score from which on F1 by line is best, together with what the other rules find."""
    original = data.part == "original"
    fixed = {(path, first, last) for path, first, last, rule, _ in data.fixed}
    best = max(np.arange(-2.0, 2.01, 0.1),
               key=lambda at: score_lines(lines_of(data, original & (scores >= at)) | fixed, labels)[0]["f1"])
    return float(best)


def report(data, labels, scores, by_text, fold_of, thresholds):
    original = data.part == "original"
    fixed = {(path, first, last) for path, first, last, rule, _ in data.fixed}
    low, medium, high = thresholds
    out = {}
    for name, at in (("low", low), ("medium", medium), ("high", high)):
        out["from " + name], _ = score_lines(lines_of(data, original & (scores >= at)) | fixed, labels)
    _, repositories = score_lines(lines_of(data, original & (scores >= low)) | fixed, labels)
    out["other rules alone"], _ = score_lines(fixed, labels)
    folds = []
    for fold in sorted(set(fold_of)):
        inside = {data.group_name[i] for i in np.nonzero((fold_of == fold) & original)[0]}
        own = {p: l for p, l in labels.items() if data_module.corpus.repository_of(p) in inside}
        lines = {x for x in lines_of(data, original & (scores >= low)) | fixed
                 if data_module.corpus.repository_of(x[0]) in inside}
        folds.append(round(score_lines(lines, own)[0]["f1"], 3))
    out["f1 of folds"] = folds
    truth = data.truth
    out["true of high"] = precision_between(scores[original], truth[original], high)
    out["true of medium"] = precision_between(scores[original], truth[original], medium, high)
    out["true of low"] = precision_between(scores[original], truth[original], low, medium)
    for part, want in (("human", 1), ("stand_in", 0), ("scrambled", 0), ("clean", 0)):
        rows = data.part == part
        if rows.any():
            out[f"{part} told"] = [float((scores[rows] >= at).mean()) for at in (low, medium, high)]
    for share in (0.001, 0.002, 0.005, 0.01):
        out.setdefault("by text, quantiles of what is told", []).append(
            float(np.quantile(by_text[(scores >= low)], share)))
    return out


def print_tables(data, labels, scores, low):
    """Found and missed a category; right and wrong lines a rule."""
    told = collections.defaultdict(list)
    original = data.part == "original"
    for i in np.nonzero(original & (scores >= low))[0]:
        path, line, rule = data.place[i]
        told[data_module.below_root(path)].append((line, line, rule))
    for path, first, last, rule, _ in data.fixed:
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
    parser.add_argument("--clean", nargs="*", default=[])
    parser.add_argument("--rows", default=os.path.join(HERE, "../build/release/bench/detection/detection_rows"))
    parser.add_argument("--work", default="build/train")
    parser.add_argument("--out", default=os.path.join(HERE, "../src/judge/model.bin"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--without", default="", help="parts of the data not to learn from")
    parser.add_argument("--measure-only", action="store_true")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    names = feature_names(options.rows)
    options.model = os.path.join(options.work, "start.bin")
    table = letters_module.table(options.clean)
    model_file.write(options.model, len(names), table, 0.0, np.zeros(1 << 16), None, None, (0, 0, 0, 0))
    data, labels = data_module.gather(options, names)
    print({part: (int((data.part == part).sum()), int(data.truth[data.part == part].sum())) for part in sorted(set(data.part))})
    scores, by_text, fold_of = crossvalidate(data, names, options.folds, options.without.split(","))
    np.savez_compressed(os.path.join(options.work, "scores.npz"), scores=scores, by_text=by_text, truth=data.truth,
                        part=data.part, group=np.array(data.group_name))
    original = data.part == "original"
    low = find_low(data, labels, scores)
    medium, high = thresholds_for(scores[original], data.truth[original], low)
    figures = report(data, labels, scores, by_text, fold_of, (low, medium, high))
    print_tables(data, labels, scores, low)
    figures["thresholds"] = dict(low=low, medium=medium, high=high)
    print(json.dumps(figures, indent=1, default=float))
    with open(os.path.join(options.work, "figures.json"), "w", encoding="utf8") as file:
        json.dump(figures, file, indent=1, default=float)
    if options.measure_only:
        return 0
    model = Learned(data, np.nonzero(~np.isin(data.part, options.without.split(",")))[0], names)
    keep = float(np.quantile(by_text[scores >= low], 0.002))
    model_file.write(options.out, len(names), table, model.linear.scale, model.linear.weights, model.by_text,
                     model.by_path, (keep, low, medium, high))
    return 0


if __name__ == "__main__":
    sys.exit(main())
