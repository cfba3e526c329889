"""Peer of the customers benchmark: the same clusterings and indices with scikit-learn on one thread.

Usage: python3 customers-peer.py kmeans|methods|million <float64 file> <columns> [eps] [min_samples]
Prints one JSON line: CPU seconds (user + system) of the work alone, without start and reading, and peak memory.
"""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import json
import resource
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.cluster import DBSCAN, AgglomerativeClustering, KMeans
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score
from sklearn.mixture import GaussianMixture

warnings.filterwarnings("ignore")
job, path, columns = sys.argv[1], sys.argv[2], int(sys.argv[3])
points = np.fromfile(path).reshape(-1, columns)
counts = range(2, 11)
rows = []


def score(method, k, labels):
    row = {"method": method, "k": k}
    if len(set(labels)) > 1:
        row["silhouette"] = silhouette_score(points, labels)
        row["daviesBouldin"] = davies_bouldin_score(points, labels)
        row["calinskiHarabasz"] = calinski_harabasz_score(points, labels)
    rows.append(row)


started = time.process_time()
if job == "million":
    rows.append({"inertia": KMeans(5, n_init=10, random_state=0).fit(points).inertia_})
else:
    for k in counts:
        model = KMeans(k, n_init=10, random_state=0).fit(points)
        score("kmeans", k, model.labels_)
        rows[-1]["inertia"] = model.inertia_
if job == "methods":
    for k in counts:
        score("ward", k, AgglomerativeClustering(k).fit_predict(points))
    for k in counts:
        score("mixture", k, GaussianMixture(k, n_init=10, random_state=0).fit_predict(points))
    labels = DBSCAN(eps=float(sys.argv[4]), min_samples=int(sys.argv[5])).fit_predict(points)
    score("dbscan", int(labels.max()) + 1, labels)
print(json.dumps({
    "cpuSeconds": time.process_time() - started,
    "peakMb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "version": sklearn.__version__,
    "rows": rows,
}))
