"""Makes distributions.json: tests of samples against distributions, and associations of binned columns, as scipy computes them.

Run in this folder: python3 make_distributions.py
"""
import json
import numpy as np
import scipy
from scipy import stats

random = np.random.default_rng(11)


def listed(values):
    return [float(v) for v in values]


def functions():
    cases = [
        ("normal", stats.norm, [1.5, 2.25]), ("uniform", stats.uniform, [-3, 7.5]), ("exponential", stats.expon, [0.5, 4]),
        ("gamma", stats.gamma, [0.3, -1, 2]), ("gamma", stats.gamma, [40, 0, 0.5]), ("beta", stats.beta, [0.5, 10, 5, 11]),
        ("beta", stats.beta, [30, 2, -1, 3]), ("beta", stats.beta, [400, 380, 0, 1]), ("chi_square", stats.chi2, [3, 0, 1]), ("chi_square", stats.chi2, [250, 3, 5]),
    ]
    for name, family, parameters in cases:
        frozen = family(*parameters)
        x = np.concatenate([frozen.ppf([1e-6, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 1 - 1e-6]), [frozen.mean() - 40 * frozen.std(), frozen.mean() + 40 * frozen.std()]])
        yield {"name": name, "parameters": listed(parameters), "x": listed(x), "below": listed(frozen.cdf(x))}


def samples():
    cases = [
        ("normal", "norm", [0, 1], random.normal(0, 1, 60)), ("normal", "norm", [0, 1], random.normal(0.4, 1, 200)), ("normal", "norm", [5, 2], random.normal(5, 2, 3000)),
        ("uniform", "uniform", [-1, 3], random.uniform(-1, 2, 25)), ("exponential", "expon", [0, 2], random.exponential(2.2, 150)),
        ("gamma", "gamma", [2, 1, 3], random.gamma(2, 3, 90) + 1), ("beta", "beta", [2, 5, 0, 1], random.beta(2, 4, 120)),
        ("chi_square", "chi2", [4, 0, 1], random.chisquare(4, 70)), ("normal", "norm", [0, 1], np.array([0.3])),
        ("normal", "norm", [0, 1], np.round(random.normal(0, 1, 80), 1)),
    ]
    for name, scipy_name, parameters, x in cases:
        test = stats.kstest(x, scipy_name, args=tuple(parameters))
        yield {"name": name, "parameters": listed(parameters), "x": listed(x), "statistic": float(test.statistic), "p": float(test.pvalue)}


def intervals():
    for edges, weights, x in [
        ([0, 1, 2, 4], [0.2, 0.5, 0.3], random.uniform(0, 3, 40)),
        ([-1, 0, 0.5, 3], [0.25, 0.25, 0.5], random.normal(0.5, 1, 100)),
    ]:
        reached = np.append([0], np.cumsum(weights))
        test = stats.kstest(x, lambda v: np.interp(v, edges, reached))
        yield {"edges": listed(edges), "weights": listed(weights), "x": listed(x), "statistic": float(test.statistic), "p": float(test.pvalue)}


def associations():
    for n, bins in [(60, 4), (200, 10), (500, 3)]:
        a = np.round(random.normal(0, 1, n), 2)
        b = np.round(a + random.normal(0, 1, n), 2)
        codes = []
        for x in (a, b):
            edges = np.histogram_bin_edges(x, bins=bins)
            codes.append(np.clip(np.digitize(x, edges) - 1, 0, bins - 1))
        table = np.zeros((bins, bins))
        for i, j in zip(*codes):
            table[i, j] += 1
        table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
        chi = stats.chi2_contingency(table, correction=False)[0]
        yield {"a": listed(a), "b": listed(b), "bins": bins, "v": float(np.sqrt(chi / n / (min(table.shape) - 1)))}


result = {
    "made_with": f"numpy {np.__version__}, scipy {scipy.__version__}",
    "functions": list(functions()),
    "samples": list(samples()),
    "intervals": list(intervals()),
    "associations": list(associations()),
}
with open("distributions.json", "w", encoding="utf-8") as file:
    json.dump(result, file, separators=(",", ":"))
    file.write("\n")
