"""Trees and names out of scores."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.parsing.decoding import best_names, best_tree, iob_spans

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(head < 0 for head in heads) != 1:
        return False
    for start in range(len(heads)):
        node, steps = start, 0
        while node >= 0:
            node, steps = heads[node], steps + 1
            if steps > len(heads):
                return False
    return True


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_the_tree_is_the_best_of_all_with_one_root(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)).astype(np.float32)
    choices = [[head for head in range(-1, size) if head != word] for word in range(size)]
    trees = [heads for heads in itertools.product(*choices) if is_tree(heads)]
    best = max(trees, key=lambda heads: sum(scores[word, head + 1] for word, head in enumerate(heads)))
    assert tuple(best_tree(scores)) == best


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    scores = np.array([[1, -9, 5, 0], [0, 6, -9, 0], [0, 0, 3, -9]], np.float32)
    assert best_tree(scores) == [-1, 0, 1]


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["B-PER", "I-PER", "O"], [(0, 2, "PER")]),
        (["B-PER", "B-PER"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["O", "I-PER"], []),
    ],
)
def test_names_of_a_tag_sequence(tags: list[str], spans: list[tuple[int, int, str]]) -> None:
    assert iob_spans(tags) == spans


def test_no_name_goes_on_with_another_kind() -> None:
    scores = np.full((2, 5), -5, np.float32)
    scores[0, 1], scores[0, 3] = 0.0, -0.5  # B-PER, then B-LOC
    scores[1, 4], scores[1, 2] = 0.0, -3.0  # I-LOC, which only follows LOC
    assert best_names(scores, LABELS) == [(0, 2, "LOC")]
