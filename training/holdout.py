"""What training must never see: the test sets, by a hash of each sentence's letters and digits."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from training.corpora import Example


def fingerprint(text: str) -> str:
    """Hash of a sentence without blanks, punctuation and case, so that no tokenization hides a copy."""
    return hashlib.sha256(re.sub(r"[\W_]+", "", text.casefold()).encode("utf-8")).hexdigest()


def without_overlap(examples: Iterable[Example], tests: Iterable[Example]) -> list[Example]:
    """The examples whose text stands in no test set."""
    known = {fingerprint(test.text) for test in tests}
    return [example for example in examples if fingerprint(example.text) not in known]
