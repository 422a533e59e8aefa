"""From scores to a tree and to names: the best that is well formed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
_NEVER = np.float32(-1e9)


def best_tree(scores: Scores) -> list[int]:
    """Head of each word, -1 for the root: the tree of highest score with exactly one root.

    `scores[i, j]` is that of word i under head j, where head 0 is the root and head j the word j - 1.
    Greedy where that gives a tree, else Chu-Liu/Edmonds for each possible root.
    """
    count = scores.shape[0]
    scores = scores.astype(np.float32, copy=True)
    scores[np.arange(count), np.arange(1, count + 1)] = _NEVER
    greedy = scores.argmax(1)
    if _is_tree(greedy):
        return [int(head) - 1 for head in greedy]
    best: tuple[float, list[int]] | None = None
    for root in np.argsort(-scores[:, 0], kind="stable")[:4]:
        single = scores.copy()
        single[:, 0] = _NEVER
        single[root, 0] = scores[root, 0]
        heads = _maximum_arborescence(single)
        total = float(single[np.arange(count), heads].sum())
        if best is None or total > best[0] + 1e-6:
            best = (total, [int(head) - 1 for head in heads])
    assert best is not None
    return best[1]


def _is_tree(heads: npt.NDArray[np.intp]) -> bool:
    """Whether there is one root, and it is reached from everywhere."""
    return int((heads == 0).sum()) == 1 and _find_cycle(heads) is None


def _find_cycle(heads: npt.NDArray[np.intp]) -> list[int] | None:
    """Words (0-based) of a cycle, `None` where there is none."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        node = start
        while node >= 0 and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node]) - 1
        if node >= 0 and state[node] == 1:
            return path[path.index(node) :]
        for member in path:
            state[member] = 2
    return None


def _maximum_arborescence(scores: Scores) -> npt.NDArray[np.intp]:
    """Heads of the best spanning tree, cycles allowed to none (Chu and Liu 1965, Edmonds 1967)."""
    heads: npt.NDArray[np.intp] = scores.argmax(1)
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(scores.shape[0], bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    cycle_nodes = np.array(cycle)
    kept = scores[cycle_nodes, heads[cycle_nodes]]
    columns = np.concatenate([[0], outside + 1])
    # The cycle becomes one word, the last: entering it costs the arc that is then cut.
    entering = scores[np.ix_(cycle_nodes, columns)] - kept[:, None]
    leaving = scores[np.ix_(outside, cycle_nodes + 1)]
    size = len(outside) + 1
    small = np.full((size, size + 1), _NEVER, np.float32)
    small[:-1, :-1] = scores[np.ix_(outside, columns)]
    small[-1, :-1] = entering.max(0) + kept.sum()
    if len(outside):
        small[:-1, -1] = leaving.max(1)
    solved = _maximum_arborescence(small)
    result: npt.NDArray[np.intp] = heads.copy()
    for row, word in enumerate(outside):
        chosen = int(solved[row])
        result[word] = columns[chosen] if chosen < size else int(cycle_nodes[leaving[row].argmax()]) + 1
    entered = int(solved[-1])
    result[cycle_nodes[entering[:, entered].argmax()]] = columns[entered]
    return result


def best_names(scores: Scores, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """First and last (exclusive) word and kind of each name: the best path on which I follows B or I of its kind."""
    if scores.shape[0] == 0:
        return []
    allowed, start = _transitions(labels)
    value = scores[0] + start
    back = []
    for row in scores[1:]:
        reached = value[:, None] + allowed
        back.append(reached.argmax(0))
        value = reached.max(0) + row
    path = [int(value.argmax())]
    for choices in reversed(back):
        path.append(int(choices[path[-1]]))
    return iob_spans([labels[number] for number in reversed(path)])


def _transitions(labels: Sequence[str]) -> tuple[Scores, Scores]:
    """Penalty of each label after each, and at the start."""
    allowed = np.zeros((len(labels), len(labels)), np.float32)
    start = np.zeros(len(labels), np.float32)
    for column, after in enumerate(labels):
        if after.startswith("I-"):
            start[column] = _NEVER
            for row, before in enumerate(labels):
                if before[2:] != after[2:]:
                    allowed[row, column] = _NEVER
    return allowed, start


def iob_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Names of an IOB2 sequence."""
    spans: list[tuple[int, int, str]] = []
    for position, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((position, position + 1, tag[2:]))
        elif tag.startswith("I-") and spans and spans[-1][1] == position and spans[-1][2] == tag[2:]:
            spans[-1] = (spans[-1][0], position + 1, tag[2:])
    return spans
