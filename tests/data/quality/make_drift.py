"""Makes drift.json: measures of the distance of samples and distributions as scipy computes them.

Run in this folder: python3 make_drift.py
"""
import json
import numpy as np
import scipy
from scipy import stats
from scipy.spatial import distance

random = np.random.default_rng(7)


def listed(values):
    return [float(v) for v in values]


def samples():
    cases = {
        "same": (random.normal(0, 1, 60), random.normal(0, 1, 45)),
        "shifted": (random.normal(0, 1, 80), random.normal(0.9, 1, 80)),
        "far": (random.normal(0, 1, 30), random.normal(9, 1, 25)),
        "tiny": (np.array([1.0, 2.0, 3.0]), np.array([2.5])),
        "ties": (random.integers(0, 6, 50).astype(float), random.integers(1, 7, 70).astype(float)),
        "spread": (random.normal(0, 1, 200), random.normal(0, 1.6, 300)),
        "equal": (np.arange(20.0), np.arange(20.0)),
        "large": (random.normal(0, 1, 700), random.normal(0.15, 1, 400)),
        "alike": (random.normal(0, 1, 1000), random.normal(0.0, 1, 1200)),
    }
    for name, (x, y) in cases.items():
        exact = stats.ks_2samp(x, y, method="exact")
        asymptotic = stats.ks_2samp(x, y, method="asymp")
        yield {
            "name": name, "x": listed(x), "y": listed(y),
            "ks": float(exact.statistic), "exact": float(exact.pvalue), "asymptotic": float(asymptotic.pvalue),
            "auto": float(stats.ks_2samp(x, y).pvalue),
            "wasserstein": float(stats.wasserstein_distance(x, y)),
        }


def distributions():
    cases = {
        "near": ([0.2, 0.3, 0.5], [0.25, 0.25, 0.5]),
        "apart": ([0.9, 0.1, 0.0], [0.0, 0.2, 0.8]),
        "counts": ([120, 30, 50, 7], [80, 55, 60, 2]),
        "same": ([1, 2, 3], [2, 4, 6]),
    }
    for name, (p, q) in cases.items():
        a, b = np.array(p, float) / sum(p), np.array(q, float) / sum(q)
        yield {
            "name": name, "p": listed(p), "q": listed(q),
            "js": float(distance.jensenshannon(a, b)), "js2": float(distance.jensenshannon(a, b, base=2)),
            "hellinger": float(np.sqrt(np.sum((np.sqrt(a) - np.sqrt(b)) ** 2)) / np.sqrt(2)),
            "psi": float(np.sum((np.maximum(b, 1e-4) - np.maximum(a, 1e-4)) * np.log(np.maximum(b, 1e-4) / np.maximum(a, 1e-4)))),
        }


def goodness():
    for observed, expected in [
        ([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]),
        ([3, 90, 7], [10, 80, 10]),
        ([100, 100], [100, 100]),
        ([5000, 100, 4900], [4000, 2000, 4000]),
    ]:
        test = stats.chisquare(observed, expected)
        yield {"observed": observed, "expected": expected, "statistic": float(test.statistic), "p": float(test.pvalue)}


def tables():
    for table in [[[10, 20, 30], [6, 9, 17]], [[12, 5], [3, 9]], [[120, 30, 50, 7], [80, 55, 60, 2]], [[10, 10], [10, 10]]]:
        plain = stats.chi2_contingency(table, correction=False)
        yates = stats.chi2_contingency(table, correction=True)
        yield {
            "table": table, "statistic": float(plain[0]), "p": float(plain[1]), "degrees": int(plain[2]),
            "corrected": float(yates[0]), "corrected_p": float(yates[1]),
        }


def kolmogorov():
    for n in [1, 2, 5, 10, 30, 100, 140, 141, 500, 2000, 20000, 150000]:
        for z in [0.2, 0.4, 0.6, 0.9, 1.2, 1.6, 2.2, 3.5]:
            steps = round(z / np.sqrt(n) * 2 * n)
            if 0 < steps < 2 * n:
                yield {"n": n, "steps": steps, "sf": float(stats.kstwo.sf(steps / (2 * n), n))}


result = {
    "made_with": f"numpy {np.__version__}, scipy {scipy.__version__}",
    "samples": list(samples()),
    "distributions": list(distributions()),
    "goodness": list(goodness()),
    "tables": list(tables()),
    "kolmogorov": list(kolmogorov()),
}
with open("drift.json", "w", encoding="utf-8") as file:
    json.dump(result, file, separators=(",", ":"))
    file.write("\n")
