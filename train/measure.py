"""How good scores are: by line as CredData is labelled, by confidence, and on what people write."""
import collections

import numpy as np

import corpus
import data as data_module

LOW, MEDIUM, HIGH = 1, 2, 3

# What the thresholds are chosen for.
TRUE_OF_HIGH = 0.96             # of candidates marked high; more is reached nowhere on some repositories
TRUE_OF_MEDIUM = 0.82           # of those marked medium
TOLD_OF_CLEAN = 0.004           # of candidates of clean sources that are marked medium or high
NEAR_BEST_F1 = 0.002            # of scores to tell from that are nearly as good, the lowest


class Thresholds:
    """Scores from which on a candidate is told, and marked medium and high."""

    def __init__(self, low, medium, high):
        self.low, self.medium, self.high = low, medium, max(medium, high)

    def levels(self, scores, sure):
        marked = 1 + (sure >= self.medium).astype(int) + (sure >= self.high)
        return np.where(scores >= self.low, marked, 0)


def score_lines(found, labels):
    """found: {(path, first line, last line)}. Precision counts each line that no true label covers, recall each
    true place (of the same first and last line) that a finding touches. All figures, and by repository."""
    per_repository = collections.defaultdict(lambda: [0, 0, 0])     # found, false, missed
    lines = collections.defaultdict(list)
    for path, first, last in found:
        lines[path].append((first, last))
    for path in set(labels) | set(lines):
        units = {(l.first, l.last) for l in labels.get(path, ()) if l.truth == "T"}
        got, wrong = set(), set()
        for first, last in lines.get(path, ()):
            touched = [u for u in units if u[0] <= last and first <= u[1]]
            got.update(touched)
            if not touched:
                wrong.add(first)
        cell = per_repository[corpus.repository_of(path)]
        cell[0] += len(got)
        cell[1] += len(wrong)
        cell[2] += len(units) - len(got)
    return figures(*(sum(cell[i] for cell in per_repository.values()) for i in range(3)))


def figures(found, false, missed):
    precision = found / max(found + false, 1)
    recall = found / max(found + missed, 1)
    return dict(found=found, false=false, missed=missed, precision=round(precision, 4), recall=round(recall, 4),
                f1=round(2 * found / max(2 * found + false + missed, 1), 4))


class Judged:
    """Candidates with cross-validated scores (to tell, and how sure), the labels, and which repository is in
    which fold."""

    def __init__(self, data, labels, scores, sure, fold_of):
        self.data, self.labels, self.scores, self.sure, self.fold_of = data, labels, scores, sure, fold_of
        self.original = data.part == "original"
        # generic-uuid is never more than low, nor is what there is a doubt about (src/judge/doubt.h).
        self.capped = np.array([rule == "generic-uuid" for _, _, rule in data.place]) | data.is_doubted
        self.fold_of_repository = {data.group_name[i]: fold_of[i] for i in np.nonzero(self.original)[0]}
        self.fixed = {(path, first, last) for path, first, last, *_ in data.fixed}

    def of_passwords(self):
        """Which candidates lie where CredData has a password, not a key or an id that nobody would make up."""
        def is_password(path, line):
            return any("Password" in category for label in self.labels.get(data_module.below_root(path), ())
                       if label.truth == "T" and label.first <= line <= label.last for category in label.categories)
        return np.array([part != "clean" and is_password(path, line)
                         for part, (path, line, _) in zip(self.data.part, self.data.place)])

    def fold_of_path(self, path):
        return self.fold_of_repository.get(corpus.repository_of(path), 0)

    def lines(self, chosen, folds):
        """What is told in repositories of these folds: chosen candidates and all findings of other rules."""
        told = {(data_module.below_root(path), line, line)
                for path, line, _ in (self.data.place[i] for i in np.nonzero(chosen & self.original)[0])} | self.fixed
        return {one for one in told if self.fold_of_path(one[0]) in folds}

    def labels_of(self, folds):
        return {path: rows for path, rows in self.labels.items() if self.fold_of_path(path) in folds}

    def score(self, chosen, folds):
        return score_lines(self.lines(chosen, folds), self.labels_of(folds))

    def choose(self, folds):
        """The thresholds that are best on these folds."""
        inside = np.isin(self.fold_of, list(folds))
        of_f1 = {at: self.score(self.scores >= at, folds)["f1"] for at in np.round(np.arange(-2.0, 1.01, 0.1), 1)}
        low = float(min(at for at, f1 in of_f1.items() if f1 >= max(of_f1.values()) - NEAR_BEST_F1))
        told = inside & ~self.capped & (self.scores >= low)
        original = told & self.original
        high = lowest_with(self.sure[original], self.data.truth[original], TRUE_OF_HIGH)
        below = original & (self.sure < high)
        medium = lowest_with(self.sure[below], self.data.truth[below], TRUE_OF_MEDIUM)
        is_clean = self.data.part == "clean"
        clean = np.where(told, self.sure, -np.inf)[inside & is_clean]
        if len(clean):
            medium = max(medium, float(np.quantile(clean, 1 - TOLD_OF_CLEAN, method="higher")))
        return Thresholds(low, medium, high)


def lowest_with(scores, truth, share, least=50):
    """The lowest score from which on that share of candidates is true."""
    order = np.argsort(-scores, kind="stable")
    shares = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    good = np.nonzero(shares >= share)[0]
    good = good[good >= least]
    return float(scores[order][good[-1]]) if len(good) else float("inf")


def report(judged):
    """All figures; each fold's thresholds are those that are best on the other folds."""
    data, folds = judged.data, sorted(set(judged.fold_of))
    levels = np.zeros(len(judged.scores), dtype=int)
    chosen = []
    for fold in folds:
        thresholds = judged.choose(set(folds) - {fold})
        inside = judged.fold_of == fold
        levels[inside] = thresholds.levels(judged.scores[inside], judged.sure[inside])
        levels[inside & judged.capped] = np.minimum(levels[inside & judged.capped], LOW)
        chosen.append([round(x, 3) for x in (thresholds.low, thresholds.medium, thresholds.high)])
    out = {"thresholds of folds (low, medium, high)": chosen}
    for name, least in (("all that is told", LOW), ("medium and high", MEDIUM), ("high", HIGH)):
        out[name] = judged.score(levels >= least, set(folds))
        of_folds = [judged.score(levels >= least, {fold}) for fold in folds]
        for figure in ("precision", "recall", "f1"):
            out[name][figure + " of folds"] = [one[figure] for one in of_folds]
    out["rules that are not judged"] = score_lines(judged.fixed, judged.labels)
    truth, original = data.truth, judged.original
    for name, level in (("low", LOW), ("medium", MEDIUM), ("high", HIGH)):
        marked = original & (levels == level)
        out[f"candidates marked {name}"] = dict(number=int(marked.sum()), true=round(float(truth[marked].mean()), 4)
                                                if marked.any() else None)
    of_passwords = judged.of_passwords()
    for part in ("human", "stand_in", "as_written", "scrambled", "clean"):
        rows = data.part == part
        for name, inside in ((part, rows), (f"{part} for passwords", rows & of_passwords)):
            if inside.any():
                out[f"told of {name}"] = {"number": int(inside.sum()), **shares(levels[inside])}
    return out, levels


def shares(levels):
    return {name: round(float((levels >= least).mean()), 4)
            for name, least in (("at all", LOW), ("medium or high", MEDIUM), ("high", HIGH))}
