"""The command `doctor`: whether the installation fits together and the knowledge base is sound."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

import click

from kb.cli.installation import OUR_PACKAGES, find_intruders, find_strays, own_folder
from kb.cli.localized import LocalizedCommand, localized_option
from kb.cli.session import Session
from kb.cli.streams import print_result
from kb.cli.version import VERSION
from kb.cli.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    text: str
    is_fault: bool = False


@click.command("doctor", cls=LocalizedCommand)
@localized_option("--repair", is_flag=True)
@click.pass_obj
def doctor_command(session: Session, repair: bool) -> int:
    """Check the installation and the knowledge base; exit code 1 where a fault was found, or is left after repair."""
    wording = session.wording
    faults = 0
    for heading, findings in (
        (wording("doctor.installation"), _check_installation(wording)),
        (wording("doctor.base", path=session.path), _examine_base(session, repair)),
    ):
        print_result(heading)
        for finding in findings:
            faults += finding.is_fault
            print_result(f"  {'!' if finding.is_fault else '✓'} {finding.text}")
    if faults:
        print_result(wording.count("doctor.found", faults))
    return 1 if faults else 0


def _check_installation(wording: Wording) -> Iterable[_Finding]:
    yield _Finding(
        text=wording("doctor.version", version=VERSION, python=platform.python_version(), sqlite=sqlite3.sqlite_version)
    )
    yield from _check_modules(wording)
    yield from _check_libraries(wording)
    yield from _check_languages(wording)


def _check_modules(wording: Wording) -> Iterable[_Finding]:
    intruders, strays = find_intruders(), find_strays()
    for intruder in intruders:
        text = wording("doctor.modules_foreign", modules=intruder.package, culprit=intruder.distribution)
        yield _Finding(text=text, is_fault=True)
    for package, folder in strays:
        text = wording("doctor.modules_apart", modules=package, folder=folder, own=own_folder())
        yield _Finding(text=text, is_fault=True)
    if not intruders and not strays:
        yield _Finding(text=wording("doctor.modules_ok", modules=", ".join(OUR_PACKAGES)))


def _check_libraries(wording: Wording) -> Iterable[_Finding]:
    """Every required library with its version; nothing is said where the program runs from a checkout uninstalled."""
    try:
        lines = requires("zeitstrahl") or []
    except PackageNotFoundError:
        return
    for line in lines:
        requirement, _, marker = line.partition(";")
        if "extra" in marker:
            continue
        name = requirement.split(">")[0].split("<")[0].split("=")[0].strip()
        try:
            yield _Finding(text=wording("doctor.library_ok", name=name, version=version(name)))
        except PackageNotFoundError:
            yield _Finding(text=wording("doctor.library_missing", name=name), is_fault=True)


def _check_languages(wording: Wording) -> Iterable[_Finding]:
    """Loads language data and models and reads a sentence with each, which is more than that they are there."""
    from events import TimelineError, find_time_expressions, load_analyzer

    for language, sentence in (("de", "Am 1. Mai traf sie ihn in Bonn."), ("en", "She met him in Bonn on May 1.")):
        try:
            found = find_time_expressions(sentence, language=language, published=None)
            if not found:
                raise TimelineError(sentence)
            yield _Finding(text=wording("doctor.language_ok", language=language))
        except TimelineError as error:
            what = wording("doctor.language", language=language)
            yield _Finding(text=wording("doctor.failed", what=what, reason=error), is_fault=True)
        try:
            analyzer = load_analyzer(language)
            analyzer.analyze(sentence, [(0, len(sentence))])
            yield _Finding(text=wording("doctor.model_ok", language=language, name=analyzer.name))
        except TimelineError as error:
            what = wording("doctor.model", language=language)
            yield _Finding(text=wording("doctor.failed", what=what, reason=error), is_fault=True)


def _examine_base(session: Session, repair: bool) -> Iterable[_Finding]:
    """What was mended and what is wrong; a reason that stops both is given once."""
    repaired = list(_repair_base(session)) if repair else []
    return dict.fromkeys([*repaired, *_check_base(session)])


def _repair_base(session: Session) -> Iterable[_Finding]:
    from events import TimelineError
    from kb.checking import repair_knowledge_base
    from kb.store import open_for_writing

    if not session.path.exists() or session.path.stat().st_size == 0:
        return  # opening for writing would make one
    try:
        with open_for_writing(session.path) as base:
            mended = repair_knowledge_base(base)
    except TimelineError as error:
        yield _Finding(text=str(error), is_fault=True)
        return
    for fault in mended:
        yield _Finding(text=session.wording("doctor.mended", fault=fault.partition(";")[0]))


def _check_base(session: Session) -> Iterable[_Finding]:
    from events import TimelineError
    from kb.checking import check_knowledge_base
    from kb.store import open_for_reading

    wording = session.wording
    if not session.path.exists():
        yield _Finding(text=wording("doctor.no_base", path=session.path))
        return
    try:
        with open_for_reading(session.path) as base:
            faults = check_knowledge_base(base)
    except TimelineError as error:
        yield _Finding(text=str(error), is_fault=True)
        return
    for fault in faults:
        yield _Finding(text=fault, is_fault=True)
    if not faults:
        yield _Finding(text=wording("doctor.ok"))
