"""The two learners: weights of grams, and boosted trees over the features and the three scores of the grams."""
import json
import os
import tempfile

import catboost
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from model_file import DEPTH

TREES = dict(depth=DEPTH, learning_rate=0.15, l2_leaf_reg=10, rsm=0.5, bootstrap_type="Bernoulli", subsample=0.8,
             boosting_type="Plain", border_count=127, random_seed=1, thread_count=1, verbose=False, allow_writing_files=False)
ROUNDS = 120
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
        self.for_confidence = Forest(features, truth, weight, ROUNDS)
        labelled = ~clean
        self.by_path = Forest(features[labelled], truth[labelled], weight[labelled], ROUNDS)
        features[:, self.first_path:] = 0
        self.by_text = Forest(features[labelled], truth[labelled], weight[labelled], ROUNDS // 2)

    def forests(self):
        return [forest.trees() for forest in (self.by_text, self.by_path, self.for_confidence)]

    def predict(self, data, rows):
        """Logarithms of odds: without the path, with it, and for confidence."""
        features = data.features[rows].copy()
        features[:, self.columns] = self.linear.scores([m[rows] for m in data.grams])
        by_path, sure = (forest.score(features) for forest in (self.by_path, self.for_confidence))
        features[:, self.first_path:] = 0
        return self.by_text.score(features), by_path, sure


class Forest:
    """Symmetric boosted trees."""

    def __init__(self, features, truth, weight, rounds):
        self.model = catboost.CatBoostClassifier(iterations=rounds, **TREES)
        self.model.fit(features, truth.astype(int), sample_weight=weight)

    def score(self, features):
        return self.model.predict(features, prediction_type="RawFormulaVal")

    def trees(self):
        """As model_file.forest_bytes takes them."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "forest.json")
            self.model.save_model(path, format="json")
            with open(path, encoding="utf8") as file:
                written = json.load(file)
        scale, (base,) = written["scale_and_bias"]
        return base, [([(split["float_feature_index"], split["border"]) for split in tree["splits"]],
                       [value * scale for value in tree["leaf_values"]]) for tree in written["oblivious_trees"]]
