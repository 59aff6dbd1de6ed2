"""Makes profiles.json: small columns with the metrics that numpy and scipy compute of them.

Run in this folder: python3 make_profiles.py
"""
import json
import numpy as np
import scipy
from scipy import stats

random = np.random.default_rng(20240607)
columns = {
    "normal": random.normal(12.5, 3.25, 1500),
    "many": random.normal(-40, 900, 3000),
    "lognormal": np.exp(random.normal(0, 2, 800)),
    "close": 1e5 + random.integers(0, 1000, 700) / 64,
    "whole": random.integers(-50, 51, 1000).astype(float),
    "zeros": np.where(random.random(400) < 0.7, 0.0, random.normal(0, 1, 400)),
    "constant": np.full(30, 7.5),
    "two": np.array([3.0, -1.0]),
    "one": np.array([42.0]),
    "ties": np.repeat([1.0, 2.0, 5.0], [10, 3, 20]),
}
shares = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1]


def number(value):
    return float(value) if np.isfinite(value) else None


def metrics(values):
    top = sorted(zip(*np.unique(values, return_counts=True)), key=lambda v: -v[1])
    with np.errstate(all="ignore"):
        import warnings
        warnings.simplefilter("ignore")
        counts, edges = np.histogram(values, bins=20)
        return {
            "values": [float(v) for v in values],
            "sum": float(np.sum(values)),
            "mean": float(np.mean(values)),
            "variance": number(np.var(values, ddof=1)) if len(values) > 1 else None,
            "skewness": number(stats.skew(values)) if np.ptp(values) > 0 else None,
            "kurtosis": number(stats.kurtosis(values)) if np.ptp(values) > 0 else None,
            "mad": float(stats.median_abs_deviation(values)),
            "distinct": len(np.unique(values)),
            "top": int(top[0][1]),
            "zeros": int(np.sum(values == 0)),
            "negatives": int(np.sum(values < 0)),
            "quantiles": [float(q) for q in np.quantile(values, shares)],
            "counts": [int(c) for c in counts],
        }


def pair(x, y):
    return {
        "x": [float(v) for v in x],
        "y": [float(v) for v in y],
        "pearson": float(stats.pearsonr(x, y)[0]),
        "spearman": float(stats.spearmanr(x, y)[0]),
    }


def table(left, right):
    names_left, names_right = sorted(set(left)), sorted(set(right))
    counts = np.array([[sum(1 for a, b in zip(left, right) if a == l and b == r) for r in names_right] for l in names_left])
    chi = stats.chi2_contingency(counts, correction=False)[0]
    return {
        "left": list(left),
        "right": list(right),
        "cramers_v": float(np.sqrt(chi / counts.sum() / (min(counts.shape) - 1))),
    }


x = random.normal(0, 1, 300)
left = random.choice(["a", "b", "c"], 200)
right = np.where(random.random(200) < 0.6, left, random.choice(["a", "b", "d", "e"], 200))
result = {
    "made_with": f"numpy {np.__version__}, scipy {scipy.__version__}",
    "shares": shares,
    "columns": {name: metrics(values) for name, values in columns.items()},
    "pairs": [pair(x, 0.5 * x + random.normal(0, 1, 300)), pair(np.round(x, 1), np.round(np.exp(x), 1))],
    "table": table([str(v) for v in left], [str(v) for v in right]),
}
with open("profiles.json", "w", encoding="utf-8") as file:
    json.dump(result, file, separators=(",", ":"))
    file.write("\n")
