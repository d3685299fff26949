"""The two learners: weights of grams, and boosted trees over the features and the three scores of the grams."""
import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

TREES = dict(objective="binary", learning_rate=0.08, num_leaves=24, max_depth=7, min_data_in_leaf=25,
             feature_fraction=0.5, bagging_fraction=0.8, bagging_freq=1, lambda_l2=5.0, max_bin=127,
             use_missing=False, verbosity=-1, num_threads=1, seed=1, deterministic=True, force_row_wise=True)
ROUNDS = 160
CLEAN_WEIGHT_OF_GRAMS = 0.1     # of a candidate of clean sources; one of CredData weighs 1
CLEAN_WEIGHT = 0.5


class Linear:
    """Logistic regression on grams, its weights rounded to eight bits."""

    def __init__(self, grams, truth, weight):
        model = LogisticRegression(C=0.3, solver="lbfgs", tol=1e-3, max_iter=60)
        model.fit(grams, truth, sample_weight=weight)
        coefficients = model.coef_[0]
        self.scale = float(max(np.abs(coefficients).max() / 127, 1e-6))
        self.weights = np.round(coefficients / self.scale).astype(np.int8)

    def scores(self, matrices):
        return np.column_stack([m @ self.weights.astype(np.float32) * np.float32(self.scale) for m in matrices])


class Learned:
    """All parts, trained on one set of candidates.

    What is told is decided by trees that have seen CredData and its copies alone: there, a credential in a test is
    true. How sure it is, is told by trees that have seen clean sources as well, among them many tests."""

    def __init__(self, data, rows, names):
        self.columns = [names.index(name) for name in ("name_score", "value_score", "around_score")]
        self.first_path = names.index("file_kind")
        truth, groups, clean = data.truth[rows], data.group[rows], data.part[rows] == "clean"
        weight = np.where(clean, CLEAN_WEIGHT_OF_GRAMS, data.weight[rows]).astype(np.float32)
        total = data.total_grams[rows]
        features = data.features[rows].copy()
        # Scores that the trees learn from come from weights that have not seen the candidate's repository.
        for seen, unseen in GroupKFold(3).split(rows, truth, groups):
            part = Linear(total[seen], truth[seen], weight[seen])
            features[np.ix_(unseen, self.columns)] = part.scores([m[rows[unseen]] for m in data.grams])
        self.linear = Linear(total, truth, weight)
        weight[clean] = CLEAN_WEIGHT
        written = data.part[rows] == "as_written"
        self.for_confidence = grow(features[~written], truth[~written], weight[~written], ROUNDS)
        labelled = ~clean
        self.by_path = grow(features[labelled], truth[labelled], weight[labelled], ROUNDS)
        features[:, self.first_path:] = 0
        self.by_text = grow(features[labelled], truth[labelled], weight[labelled], ROUNDS // 2)

    def forests(self):
        return self.by_text, self.by_path, self.for_confidence

    def predict(self, data, rows):
        """Logarithms of odds: without the path, with it, and for confidence."""
        features = data.features[rows].copy()
        features[:, self.columns] = self.linear.scores([m[rows] for m in data.grams])
        by_path, sure = (forest.predict(features, raw_score=True) for forest in (self.by_path, self.for_confidence))
        features[:, self.first_path:] = 0
        return self.by_text.predict(features, raw_score=True), by_path, sure


def grow(features, truth, weight, rounds):
    return lightgbm.train(TREES, lightgbm.Dataset(features, truth, weight=weight), rounds)
