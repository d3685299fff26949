"""The two learners: weights of grams, and boosted trees over the features and the three scores of the grams."""
import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

TREES = dict(objective="binary", learning_rate=0.08, num_leaves=24, max_depth=7, min_data_in_leaf=25,
             feature_fraction=0.5, bagging_fraction=0.8, bagging_freq=1, lambda_l2=5.0, max_bin=127,
             use_missing=False, verbosity=-1, num_threads=2, seed=1, deterministic=True, force_row_wise=True)
ROUNDS = 160


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
    """All parts, trained on one set of candidates."""

    def __init__(self, data, rows, names):
        self.columns = [names.index(name) for name in ("name_score", "value_score", "around_score")]
        first_path = names.index("file_kind")
        total = data.total_grams[rows]
        truth, weight, groups = data.truth[rows], data.weight[rows], data.group[rows]
        scores = np.zeros((len(rows), 3), dtype=np.float32)
        # Scores that the trees learn from come from weights that have not seen the candidate's repository.
        for seen, unseen in GroupKFold(3).split(rows, truth, groups):
            part = Linear(total[seen], truth[seen], weight[seen])
            scores[unseen] = part.scores([m[rows[unseen]] for m in data.grams])
        self.linear = Linear(total, truth, weight)
        features = data.features[rows].copy()
        features[:, self.columns] = scores
        self.by_path = lightgbm.train(TREES, lightgbm.Dataset(features, truth, weight=weight), ROUNDS)
        features[:, first_path:] = 0
        self.by_text = lightgbm.train(TREES, lightgbm.Dataset(features, truth, weight=weight), ROUNDS // 2)
        self.first_path = first_path

    def predict(self, data, rows):
        """Logarithms of odds, with the path and without."""
        features = data.features[rows].copy()
        features[:, self.columns] = self.linear.scores([m[rows] for m in data.grams])
        by_path = self.by_path.predict(features, raw_score=True)
        features[:, self.first_path:] = 0
        return by_path, self.by_text.predict(features, raw_score=True)
