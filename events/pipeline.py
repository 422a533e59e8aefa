"""The one place that puts the steps in a row: a document in, its extraction out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.actors import CastBuilder
from events.analysis import Analysis, Analyzer
from events.anchoring import Anchorer, from_context, place_expressions, publication_day
from events.clauses import ClauseTree
from events.drafts import Draft, best_when
from events.grouping import Grouper, Joined
from events.labels import Labeller
from events.lexicon import Lexicon, lexicon_of
from events.links import LinkFinder
from events.mentions import Trigger, TriggerFinder
from events.modality import ModalityReader
from events.model import Document, Extraction, Link, LocalEvent, Mention, Reported, Role, Status, ZoneKind
from events.participants import ParticipantFinder
from events.pronouns import PronounResolver
from events.salience import salience_of
from events.timex import find_time_expressions
from events.when import When
from events.zones import blocks_of

_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def extract(document: Document, analyzer: Analyzer) -> Extraction:
    """All events, actors and links that a document speaks of.

    A pure function of the document, the analyzer and the shipped data. Without a publication day what counts from it
    stays undated.
    """
    return _Reading(document, analyzer).extraction()


class _Reading:
    """One document while it is read."""

    def __init__(self, document: Document, analyzer: Analyzer) -> None:
        self.document = document
        self.lexicon: Lexicon = lexicon_of(document.language)
        self.blocks = blocks_of(document)
        self.today = document.published.toordinal() if document.published else None
        spans = [(start, end) for start, end, _ in self.blocks]
        self.analysis: Analysis = analyzer.analyze(document.text, spans)
        self.expressions = find_time_expressions(
            document.text, language=document.language, published=document.published, spans=spans
        )
        self.clauses = ClauseTree(self.analysis, self.lexicon)
        cast = CastBuilder(self.analysis, self.lexicon).build()
        self.cast = PronounResolver(self.analysis, cast, self.clauses, self.lexicon).resolve()
        self.finder = TriggerFinder(self.clauses, self.lexicon)

    def extraction(self) -> Extraction:
        """The steps in order."""
        timed = place_expressions(self.expressions, self.analysis)
        inside = frozenset(i for row in timed for i in row.tokens)
        dated = frozenset(i for row in timed for i in (row.head, self.analysis.tokens[row.head].head))
        triggers = [t for t in self.finder.find(dated) if t.token not in inside]
        anchorer = Anchorer(self.clauses, triggers, timed, self.lexicon, self.document.text)
        drafts = self._drafts(triggers, anchorer.anchor(), inside)
        groups = Grouper(self.analysis, self.lexicon, self.today).group(drafts)
        groups = [self._dated(_as_told(members), groups) for members in groups]
        return self._frozen(self._connected(groups, anchorer), inside)

    def _connected(self, groups: list[list[Joined]], anchorer: Anchorer) -> list[list[Joined]]:
        """Connectives once more, now that events share dates: "kurz vor dem Gipfel" knows the day of the summit."""
        whens = {
            j.draft.token: when
            for members in groups
            if (when := best_when([j.draft for j in members])) is not None
            for j in members
        }
        found = anchorer.connect(whens)
        return [
            [
                replace(j, draft=replace(j.draft, when=found[j.draft.token])) if j.draft.token in found else j
                for j in members
            ]
            for members in groups
        ]

    def _drafts(self, triggers: Sequence[Trigger], whens: dict[int, When], inside: frozenset[int]) -> list[Draft]:
        people = ParticipantFinder(self.clauses, self.cast, self.lexicon)
        modality = ModalityReader(self.clauses, self.cast, self.finder, self.lexicon)
        drafts = []
        for trigger in triggers:
            read = modality.read(trigger)
            if read.unreal:
                continue
            sentence = self.analysis.sentences[self.analysis.tokens[trigger.token].sentence]
            draft = Draft(
                trigger=trigger,
                parts=people.parts(trigger, inside),
                setting=people.place(trigger),
                modality=read,
                when=self._own_day(whens.get(trigger.token), self.blocks[sentence.block][2]),
                zone=self.blocks[sentence.block][2],
                things=people.things(trigger),
                sentence=sentence.index,
                block=sentence.block,
            )
            drafts.append(self._ahead(draft))
        return drafts

    def _own_day(self, when: When | None, zone: ZoneKind) -> When | None:
        """“Am Morgen” below a picture is the morning of the picture's day, which nobody knows."""
        bare = when is not None and when.basis == "context" and when.granularity in ("time", "part_of_day")
        return None if zone == "caption" and bare else when

    def _ahead(self, draft: Draft) -> Draft:
        """What a text of today dates after today, and does not tell in the past, is a plan."""
        published = self.document.published
        if draft.when is None or published is None or draft.when.earliest is None:
            return draft
        if self._means_next_week(draft, published.toordinal()):
            return replace(draft, when=_shifted(draft.when, 7, "ahead as it is planned"))
        if self._means_last_week(draft, published.toordinal()):
            return replace(draft, when=_shifted(draft.when, -7, "back as it is told"))
        past = draft.trigger.clause.tense in ("past", "perfect", "pluperfect") and not (
            draft.trigger.is_noun and not draft.trigger.carried
        )
        if draft.when.earliest > published.toordinal() and draft.modality.status == "occurred" and not past:
            modality = replace(draft.modality, status="planned", rule="modality#dated after publication")
            return replace(draft, modality=modality)
        return draft

    def _means_last_week(self, draft: Draft, today: int) -> bool:
        """“Hatte am Donnerstag gesprengt”: a weekday that was read ahead of what a clause, or a picture, tells."""
        when, trigger = draft.when, draft.trigger
        if when is None or when.earliest is None or "weekday" not in when.rule or draft.modality.status == "planned":
            return False
        told = trigger.clause.tense in ("past", "perfect", "pluperfect") and trigger.clause.mood == "indicative"
        told = told and (not trigger.is_noun or trigger.carried)
        return (told or draft.zone == "caption") and today < when.earliest <= today + 7

    def _means_next_week(self, draft: Draft, today: int) -> bool:
        """“Wollte am Freitag bleiben”: a weekday that was read backwards although the clause speaks of a plan."""
        when, words = draft.when, self.lexicon.grammar["modal"]
        intends = words.get(draft.trigger.clause.modal, {}).get("intends", False)
        if when is None or when.latest is None or not intends or draft.modality.status != "planned":
            return False
        return when.rule.endswith("#weekday") and today - 7 <= when.latest < today

    def _lead_day(self, groups: list[list[Joined]]) -> When | None:
        """The day that the first sentence, else the first paragraph gives what it tells: the news is of that day.

        Agencies and dailies tell the news without a day and date it by what was said: "... sagte sie am Donnerstag".
        """
        recent = [
            j.draft for members in groups for j in members if j.draft.zone == "body" and self._is_recent(j.draft.when)
        ]
        body = next((number for number, row in enumerate(self.blocks) if row[2] == "body"), None)
        # Beyond the first sentence only what was said: "Beide unterzeichneten am 16. Juli" is another event's day.
        for near in (
            [d for d in recent if self.is_lead(d) and (self._is_told(d) or self._is_aside(d))],
            [d for d in recent if d.block == body and self._is_aside(d)],
        ):
            days = [draft.when for draft in near if draft.when is not None]
            if len({(when.earliest, when.latest) for when in days}) == 1:
                return days[0]
        return None

    def _is_aside(self, draft: Draft) -> bool:
        """Whether a mention is the "sagte sie am Donnerstag" of a sentence."""
        return draft.trigger.category == "saying" and draft.trigger.clause.relation in ("parataxis", "root")

    def _is_recent(self, when: When | None) -> bool:
        """Whether a date is one day of the last week."""
        if when is None or self.today is None or when.earliest is None or when.latest is None:
            return False
        return when.earliest == when.latest and self.today - 7 <= when.earliest <= self.today

    def _dated(self, members: list[Joined], groups: list[list[Joined]]) -> list[Joined]:
        """The news that the document opens with takes the day of publication, where nothing dates it."""
        published = self.document.published
        if published is None or any(j.draft.when is not None for j in members):
            return members
        opening = next((j.draft for j in members if self._opens(j.draft)), None)
        if opening is None:
            return members
        day = publication_day(published.toordinal(), opening.zone)
        if (told := self._lead_day(groups)) is not None:
            day = from_context(told, "anchoring#as the first paragraph dates it", told.text)
        return [Joined(draft=replace(j.draft, when=day), rule=j.rule) if j.draft is opening else j for j in members]

    def _opens(self, draft: Draft) -> bool:
        """Whether a mention is the news: in headline or lead, its main clause, told as done, not as background."""
        trigger = draft.trigger
        if draft.zone not in ("headline", "body") or not self.is_lead(draft):
            return False
        if trigger.category not in ("event", "saying") or draft.modality.status not in ("occurred", "cancelled"):
            return False
        if draft.zone == "headline":
            return trigger.clause.relation == "root"
        if draft.modality.rule.startswith("modality#hearsay") or trigger.clause.mood != "indicative":
            return False  # "soll getötet worden sein", "habe gefälscht": told today, but when it was stays open
        return self._is_told(draft) and trigger.clause.tense in ("present", "past", "perfect")

    def _is_told(self, draft: Draft) -> bool:
        """Whether a mention is the predicate of a main clause, or carried by it."""
        clause = draft.trigger.clause
        main = clause.relation == "root" or (
            clause.relation == "conj"
            and clause.parent is not None
            and self.clauses.clauses[clause.parent].relation == "root"
        )
        return main and (draft.token == clause.head or draft.trigger.carried)

    def is_lead(self, draft: Draft) -> bool:
        """Whether a mention stands in the headline or in the first sentence of the body."""
        if draft.zone == "headline":
            return True
        body = next((b for b, row in enumerate(self.blocks) if row[2] == "body"), None)
        if body is None or draft.block != body:
            return False
        first = next(s for s in self.analysis.sentences if s.block == body)
        return draft.sentence == first.index

    # ------------------------------------------------------------ values

    def _frozen(self, groups: list[list[Joined]], inside: frozenset[int]) -> Extraction:
        labeller = Labeller(self.document.text, self.clauses, self.cast, self.finder, self.lexicon, inside)
        mentions: list[Mention] = []
        events: list[LocalEvent] = []
        for members in groups:
            made = [(joined, self._mention(joined.draft, labeller, members)) for joined in members]
            made.sort(key=lambda row: self._rank(row[0].draft, row[1]))
            mentions += [mention for _, (mention, _) in made]
            smallest = min((m for _, (m, _) in made), key=lambda m: m.trigger_start)
            events.append(
                LocalEvent(
                    key=smallest.key,
                    mentions=tuple(m.key for _, (m, _) in made),
                    rules=tuple(joined.rule for joined, _ in made[1:]),
                )
            )
        links = LinkFinder(
            self.document.text, self.clauses, [[j.draft for j in m] for m in groups], self.lexicon
        ).find()
        return Extraction(
            document=self.document.id,
            model=self.analysis.model,
            actors=tuple(e.freeze(self.analysis) for e in self.cast.entities if e.mentions),
            mentions=tuple(sorted(mentions, key=lambda m: m.trigger_start)),
            events=tuple(events),
            links=tuple(
                Link(
                    source=events[t.source].key,
                    target=events[t.target].key,
                    kind=t.kind,
                    evidence=t.evidence,
                    rule=t.rule,
                )
                for t in links
            ),
            remarks=tuple(dict.fromkeys(e.remark for e in self.expressions if e.remark)),
        )

    def _rank(self, draft: Draft, made: tuple[Mention, float]) -> tuple[float, ...]:
        """The mention that speaks best for an event: flat, whole label, body before caption, most actors, first."""
        mention, quality = made
        zone = {"body": 0, "headline": 1}.get(mention.zone, 2)
        return (
            mention.reported is not None,
            quality < 0.3,
            zone == 2,
            -len(draft.persons),
            -quality,
            zone,
            mention.trigger_start,
        )

    def _mention(self, draft: Draft, labeller: Labeller, members: list[Joined]) -> tuple[Mention, float]:
        token = self.analysis.tokens[draft.token]
        start, end = draft.trigger.clause.span
        label = labeller.label(_enriched(draft, members))
        when = best_when([j.draft for j in members])
        lead = any(self.is_lead(j.draft) for j in members)
        mention = Mention(
            key=f"{token.start}:{token.text}",
            start=min(start, token.start),
            end=max(end, token.end),
            trigger=token.text,
            trigger_start=token.start,
            kind=draft.trigger.kind,
            status=draft.modality.status,
            status_rule=draft.modality.rule,
            when=draft.when,
            roles=tuple(Role(actor=p.entity.key(self.analysis), role=p.role, rule=p.rule) for p in draft.parts),
            place=draft.setting.entity.key(self.analysis) if draft.setting else None,
            place_rule=draft.setting.rule if draft.setting else "",
            reported=self._reported(draft),
            label=label.text,
            label_rule=label.rule,
            salience=salience_of([j.draft for j in members], when, lead, label.rule.endswith("#bare noun")),
            zone=draft.zone,
            is_saying=draft.trigger.category in ("saying", "gesture"),
            concept=draft.trigger.concept,
            rule=draft.trigger.rule,
        )
        return mention, label.quality

    def _reported(self, draft: Draft) -> Reported | None:
        attribution = draft.modality.attribution
        if attribution is None:
            return None
        tokens = self.analysis.tokens
        return Reported(
            by=attribution.speaker.key(self.analysis) if attribution.speaker else None,
            start=tokens[attribution.first].start,
            end=tokens[attribution.last - 1].end,
            rule=attribution.rule,
        )


def _enriched(draft: Draft, members: Sequence[Joined]) -> Draft:
    """For the label of a noun: who took part and where, as the other mentions of the event say."""
    if not draft.trigger.is_noun:
        return draft
    parts = {part.entity: part for part in draft.parts}
    for joined in members:
        for part in joined.draft.parts:
            if part.entity.kind == "person":
                parts.setdefault(part.entity, part)
    setting = draft.setting or next((j.draft.setting for j in members if j.draft.setting is not None), None)
    return replace(draft, parts=tuple(parts.values()), setting=setting)


def _with_date(joined: Joined, when: When | None) -> Joined:
    return joined if when is None else replace(joined, draft=replace(joined.draft, when=when))


def _as_told(members: list[Joined]) -> list[Joined]:
    """A noun that only refers to an event ("vor dem Treffen") is as real as the clause that tells the event."""
    told = [j.draft.modality for j in members if not _only_refers(j.draft)]
    if not told or len({modality.status for modality in told}) != 1:
        return members
    return [_with_status(j, told[0].status) if _only_refers(j.draft) else j for j in members]


def _with_status(joined: Joined, status: Status) -> Joined:
    modality = replace(joined.draft.modality, status=status, rule="modality#as it is told")
    return replace(joined, draft=replace(joined.draft, modality=modality))


def _only_refers(draft: Draft) -> bool:
    return draft.trigger.is_noun and not draft.trigger.carried and draft.modality.rule == "modality#noun"


def _shifted(when: When, days: int, why: str) -> When:
    """The same weekday of another week."""
    bounds = {name: getattr(when, name) + days for name in _BOUNDS}
    return replace(when, **bounds, rule=f"{when.rule}, {why}")
