"""Words that speak of the same thing, put together and named by what they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MOST = 1_500  # words: the distances of all pairs take 18 MB; at 20,000 they would take 3 GB
SHARED = 0.6  # a part that so many of a cluster's words hold names it
CUT = 1.1  # how unlike two groups may be that are still one, in the distance of Ward between rows of length one
DIMENSIONS = 60


@dataclass(frozen=True)
class Cluster:
    """`name`: the parts that most of its words share. `words`: places in the list that was given, in its order."""

    name: str
    words: tuple[int, ...]


def clusters(parts: Sequence[Sequence[str]]) -> list[Cluster]:
    """Groups of words, the largest first, from each word's folded parts; at most `MOST` words, those beyond are not looked at.

    Each part weighs the more the fewer words hold it (TF-IDF), the table is brought down to its main directions (SVD), and the
    nearest groups are joined until they are too unlike (Ward 1963). It knows letters, not meanings: "sneakers" and "trainers" are
    apart unless words hold both.
    """
    listed = [list(p) for p in parts[:MOST]]
    known = [i for i, p in enumerate(listed) if p]
    if len(known) < 3 or len({tuple(listed[i]) for i in known}) < 3:
        return [_named(known, listed)] if known else []
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    table = TfidfVectorizer(analyzer=list, sublinear_tf=True).fit_transform([listed[i] for i in known])
    wide = min(DIMENSIONS, table.shape[1] - 1, table.shape[0] - 1)
    rows = normalize(TruncatedSVD(wide, random_state=0).fit_transform(table)) if wide > 1 else table.toarray()
    labels = AgglomerativeClustering(n_clusters=None, distance_threshold=CUT, linkage="ward").fit_predict(rows)
    groups: dict[int, list[int]] = {}
    for place, label in zip(known, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(place)
    return sorted((_named(g, listed) for g in groups.values()), key=lambda c: (-len(c.words), c.name))


def _named(places: list[int], listed: list[list[str]]) -> Cluster:
    counted = Counter(part for i in places for part in dict.fromkeys(listed[i]))
    order = sorted(counted, key=lambda part: (-counted[part], part))
    shared = [p for p in order if counted[p] >= SHARED * len(places)][:3] or order[:1]
    return Cluster(" ".join(sorted(shared, key=lambda p: _place(p, places, listed))), tuple(places))


def _place(part: str, places: list[int], listed: list[list[str]]) -> tuple[float, str]:
    """Where in its words a part usually stands."""
    at = [listed[i].index(part) / len(listed[i]) for i in places if part in listed[i]]
    return sum(at) / len(at), part
