"""How good scores are: by line as CredData is labelled, by confidence, and on human passwords."""
import collections

import numpy as np

import corpus


def score_lines(found, labels):
    """found: {(path, line)} or {(path, first, last)}. Precision counts each line that no true label covers,
    recall each true place (of the same first and last line) that a finding touches."""
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
    found_, false_, missed = (sum(cell[i] for cell in per_repository.values()) for i in range(3))
    return figures(found_, false_, missed), {k: figures(*v) for k, v in per_repository.items()}


def figures(found, false, missed):
    precision = found / max(found + false, 1)
    recall = found / max(found + missed, 1)
    return dict(found=found, false=false, missed=missed, precision=precision, recall=recall,
                f1=2 * found / max(2 * found + false + missed, 1))


def precision_between(scores, truth, low, high=np.inf):
    inside = (scores >= low) & (scores < high)
    return truth[inside].mean() if inside.any() else float("nan"), int(inside.sum())


def thresholds_for(scores, truth, best, high=0.965, medium=0.75):
    """The lowest scores from which findings are true in that share, for high; and for medium up to high."""
    order = np.argsort(-scores)
    ranked, answers = scores[order], truth[order]
    share = np.cumsum(answers) / np.arange(1, len(answers) + 1)
    good = np.nonzero(share >= high)[0]
    good = good[good >= 50]
    at_high = ranked[good[-1]] if len(good) else np.inf
    below = ranked < at_high
    share = np.cumsum(answers[below]) / np.arange(1, below.sum() + 1)
    good = np.nonzero(share >= medium)[0]
    at_medium = ranked[below][good[-1]] if len(good) else at_high
    # What stops a commit is at least as likely true as not, whatever CredData's mixture makes of it.
    return max(float(at_medium), best, 0.0), float(at_high)
