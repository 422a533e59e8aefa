"""Repairs of what models get wrong, in a row; each is a step from analysis to analysis, the same for every model."""

from __future__ import annotations

from collections.abc import Callable

from events.analysis import Analysis
from events.parsing.cases import restore_cases
from events.parsing.clause_repairs import (
    correct_subjects,
    free_time_accusatives,
    join_particles,
    keep_one_subject,
    restore_subjunctives,
)
from events.parsing.name_repairs import (
    find_missed_names,
    join_names,
    name_datelines,
    restore_genitives,
    trim_names,
    vote_on_kinds,
)

Step = Callable[[Analysis], Analysis]

_STEPS: dict[str, tuple[Step, ...]] = {
    # Genitives before the vote, which counts base forms; cases before all that goes by them; accusatives of time
    # before subjects, for they are none.
    "de": (
        trim_names,
        join_names,
        name_datelines,
        restore_cases,
        restore_genitives,
        vote_on_kinds,
        find_missed_names,
        free_time_accusatives,
        correct_subjects,
        keep_one_subject,
        join_particles,
        restore_subjunctives,
    ),
    "en": (trim_names, join_names, name_datelines, vote_on_kinds, find_missed_names, keep_one_subject),
}


def repair(analysis: Analysis) -> Analysis:
    """The analysis after all repairs of its language."""
    for step in _STEPS.get(analysis.language, ()):
        analysis = step(analysis)
    return analysis
