"""Where in a text the reader is: its sentences, their tense, and the date that was spoken of last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from events.days import from_day, last_of_month, to_day
from events.timex.grammar import Grammar
from events.timex.periods import Period
from events.timex.tokens import PARAGRAPH, Tokens

Tense = Literal["past", "ahead"]

# A tense is not believed where it puts a day nearly a year away while the other side has one close by: the verb we saw
# was another clause's ("hat angekündigt, am 10. November ...").
_FAR, _NEAR = 240, 75
_SENTENCE = 60  # tokens on either side that we look at, so that endless sentences take no endless time
_SHORT_REPORT = 600  # tokens
_AHEAD = 7  # tokens within which a day behind a clock time is its own, where another stands sentences before
_REMEMBERED = 6  # dates that a reader keeps in mind
_TELLS_A_YEAR = ("year", "month", "day", "season", "quarter", "half")
_PASSAGE = 3  # sentences over which a passage keeps the year that it told
_RECENT = 120  # days: a month so shortly before publication is that one, a sentence after another year was told
_LOOK_BACK = 6  # sentences that a date spoken of may lie behind, for clock times and parts of the day
_PARAGRAPH = 250  # tokens of a paragraph over which a reader keeps the day in mind


@dataclass(slots=True)
class Spoken:
    """A date that the text has spoken of: what, where (token) and in which sentence."""

    period: Period
    token: int
    end: int  # token behind it
    sentence: int
    words: str


@dataclass
class Reading:
    """One text being read with one grammar; `published` is a day, None where unknown."""

    grammar: Grammar
    tokens: Tokens
    published: int | None
    spoken: list[Spoken] = field(default_factory=list)
    days: list[Spoken] = field(default_factory=list)  # those of `spoken` that are a day
    headed: tuple[Period, int] | None = None  # the date that heads this line, and where the line ends
    _line_opener: int = -9  # token behind the last date that opens its line, alone or with one before it
    habits: list[int] = field(default_factory=list)  # tokens of what is done each week, each year
    yearly: list[int] = field(default_factory=list)  # those of `habits` that come round with the year
    _ends: list[int] = field(default_factory=list)  # token that ends each sentence

    def __post_init__(self) -> None:
        codes = self.tokens.codes
        stops = self.grammar.memberships["sentence_end"]
        self._ends = [at for at, code in enumerate(codes) if code in stops and self._ends_sentence(at)]
        self._ends.append(len(codes))

    def _ends_sentence(self, at: int) -> bool:
        tokens = self.tokens
        if tokens.forms[at] != ".":
            return True
        if at + 1 >= len(tokens.forms) or tokens.codes[at + 1] == PARAGRAPH:
            return True
        before = tokens.forms[at - 1] if at else ""
        following = tokens.text[tokens.ends[at] : tokens.starts[at + 1] + 1]
        if not following[:1].isspace() or following[-1:].islower():
            return False
        is_day = before.isdigit() and len(before) <= 2 and following[-1:].isalpha()
        return not (is_day or len(before) == 1 or self.grammar.is_in("abbreviation", tokens.codes[at - 1]))

    def sentence(self, token: int) -> int:
        """The number of the sentence that the token lies in."""
        return bisect_right(self._ends, token - 1) if token else 0

    def sentence_tokens(self, token: int) -> tuple[int, int]:
        """First and last (exclusive) token of the sentence, or of what of it lies near."""
        number = self.sentence(token)
        low = self._ends[number - 1] + 1 if number else 0
        high = self._ends[min(number, len(self._ends) - 1)]
        return max(low, token - _SENTENCE), min(high, token + _SENTENCE)

    def has_in_sentence(self, name: str, token: int) -> bool:
        """Whether the token's sentence holds a word of the list."""
        low, high = self.sentence_tokens(token)
        wanted = self.grammar.memberships.get(name, frozenset())
        return any(code in wanted for code in self.tokens.codes[low:high])

    def speak(self, period: Period, start: int, end: int) -> None:
        """Remember a date that the text speaks of."""
        words = self.tokens.text[self.tokens.starts[start] : self.tokens.ends[end - 1]]
        text, at = self.tokens.text, self.tokens.starts[start]
        opens = opens_line(text, at) or start - self._line_opener <= 2
        if opens:
            self._line_opener = end
        if opens and _is_closed_as_heading(text, self.tokens.ends[end - 1]):
            line_end = text.find("\n", at)
            self.headed = (period, line_end if line_end >= 0 else len(text))
        spoken = Spoken(period=period, token=start, end=end, sentence=self.sentence(start), words=words)
        self.spoken.append(spoken)
        if period.grain == "day":
            self.days.append(spoken)

    @property
    def last_spoken(self) -> Spoken | None:
        """The date that the text spoke of last."""
        return self.spoken[-1] if self.spoken else None

    def day_spoken_near(self, token: int) -> Spoken | None:
        """The day that a clock time belongs to: in its sentence, before or after it; else the last one before."""
        number = self.sentence(token)
        at = bisect_left(self.days, token, key=lambda spoken: spoken.token)
        before = self.days[at - 1] if at else None
        after = self.days[at] if at < len(self.days) and self.days[at].sentence == number else None
        if before is None or after is None or before.sentence == number:
            return before or after
        return after if after.token - token <= _AHEAD else before

    def is_near(self, spoken: Spoken, token: int) -> bool:
        """Whether the date was spoken of so shortly before that the reader still has it in mind."""
        if self.sentence(token) - spoken.sentence <= _LOOK_BACK:
            return True
        return self._is_same_paragraph(spoken, token)

    def _is_same_paragraph(self, spoken: Spoken, token: int) -> bool:
        return token - spoken.end < _PARAGRAPH and PARAGRAPH not in self.tokens.codes[spoken.end : token]

    def spoken_of(self, grains: Collection[str], token: int) -> Spoken | None:
        """The date of one of these grains that was spoken of last and not long ago."""
        for spoken in reversed(self.spoken[-_REMEMBERED:]):
            if spoken.period.grain in grains and self.sentence(token) - spoken.sentence <= _PASSAGE * 2:
                return spoken
        return None

    def is_habitual(self, token: int) -> bool:
        """Whether a habit stands before the token in its sentence, with no date between the two."""
        low, _ = self.sentence_tokens(token)
        at = bisect_left(self.habits, token)
        habit = self.habits[at - 1] if at else -1
        at = bisect_left(self.spoken, token, key=lambda spoken: spoken.token)
        return habit >= low and habit > (self.spoken[at - 1].token if at else -1)

    def is_yearly(self, token: int) -> bool:
        """Whether what is done each year, or so often a year, stands before the token in its sentence."""
        at = bisect_left(self.yearly, token)
        return at > 0 and self.yearly[at - 1] >= self.sentence_tokens(token)[0] and self.is_habitual(token)

    @cached_property
    def is_daily(self) -> bool:
        """Whether the text writes as a daily does: short, or of yesterday and of hours again and again."""
        size = len(self.tokens.codes)
        signs = self.grammar.memberships["daily_sign"]
        return size < _SHORT_REPORT or sum(code in signs for code in self.tokens.codes) > size // _SHORT_REPORT

    # Tense ------------------------------------------------------------------------------------------------------------

    def tense(self, start: int, end: int, *, is_certain: bool = False) -> Tense | None:
        """What the verbs around say: past, ahead (future, or the present of what is announced), None without a sign.

        `is_certain` asks only verbs that say it themselves, not words that look like one.
        """
        beside = self._tense_beside(start, end)
        if beside is not None:
            return beside
        sentence = self.sentence_tokens(start)
        clause = self._clause(start, end, *sentence)
        for sign in (self._strong_sign,) if is_certain else (self._strong_sign, self._weak_sign):
            for span in (clause, sentence):
                # "Hatte das geplante Treffen am Donnerstag abgesagt": what stands behind it is not announced.
                tellers = (at for at in range(*span) if at >= start or not self._is_announcing(at))
                signs = [(abs(at - start), tense) for at in tellers if (tense := sign(at, *span))]
                if signs:
                    return min(signs)[1]
        return None

    def _tense_beside(self, start: int, end: int) -> Tense | None:
        """What the words right before and behind say: seit Mai, am Montag veröffentlicht, für Montag geplant."""
        if start and self.grammar.is_in("since_word", self.tokens.codes[start - 1]):
            return "past"
        before = self.tokens.codes[max(0, start - 2) : start]
        if any(self.grammar.is_in("until_word", code) for code in before):
            # "ist bis 31. Oktober geöffnet": a state that lasts, unless the verb itself is past.
            return None if self.has_in_sentence("past_verb", start) else "ahead"
        following = self.tokens.codes[end : end + 1]
        if following == "x" and self.grammar.participle_adjective.fullmatch(self.tokens.forms[end]):
            noun = any(form[:1].isupper() for form in self.tokens.forms[end + 1 : end + 3])
            return "past" if noun else None  # "will am Samstag beraten" is a verb and no adjective
        return "ahead" if self.grammar.is_in("announced", following) else None

    def _clause(self, start: int, end: int, low: int, high: int) -> tuple[int, int]:
        breaks, codes = self.grammar.memberships["clause_end"], self.tokens.codes
        while start > low and codes[start - 1] not in breaks:
            start -= 1
        while end < high and codes[end] not in breaks:
            end += 1
        return start, end

    def _is_announcing(self, at: int) -> bool:
        """Whether a word is an adjective such as "geplante"."""
        return self.grammar.is_in("announced", self.tokens.codes[at])

    def _strong_sign(self, at: int, low: int, high: int) -> Tense | None:
        """Verbs that the lists know, and regular past tense."""
        grammar, code = self.grammar, self.tokens.codes[at]
        if code == "x":
            return "past" if self._is_past_form(at, low) else None
        if not self.tokens.forms[at][:1].islower() and at != self.sentence_tokens(at)[0]:
            return None  # "bei dem Treffen" holds no verb
        if grammar.is_in("past_verb", code):
            return "past"
        if grammar.is_in("perfect_auxiliary", code):
            return "past" if self._has_participle(low, high) else "ahead"
        if not grammar.is_in("ahead_verb", code):
            return None
        is_hearsay = grammar.is_in("hearsay_verb", code) and self._has_perfect_infinitive(low, high)
        return "past" if is_hearsay else "ahead"

    def _has_perfect_infinitive(self, low: int, high: int) -> bool:
        """ "soll gewesen sein", "will gesehen haben": told of the past, not of what is to come."""
        codes, forms = self.tokens.codes, self.tokens.forms
        return any(
            self.grammar.is_in("perfect_infinitive", codes[at]) and self.grammar.participle.fullmatch(forms[at - 1])
            for at in range(low + 1, high)
        )

    def _is_past_form(self, at: int, low: int) -> bool:
        if not self.grammar.past_form.fullmatch(self.tokens.forms[at]):
            return False
        # "will be signed" holds a participle that looks like the past tense.
        before = self.tokens.codes[max(low, at - 3) : at]
        return not any(self.grammar.is_in("future_auxiliary", code) for code in before)

    def _weak_sign(self, at: int, low: int, high: int) -> Tense | None:
        """Words that look like a participle without its auxiliary, or like a verb in the present; a diary's "ich"."""
        code = self.tokens.codes[at]
        if code != "x":
            return "ahead" if self.grammar.is_in("diarist", code) else None
        form = self.tokens.forms[at]
        if self.grammar.bare_participle.fullmatch(form):
            return "past"
        return "ahead" if self.grammar.present_form.fullmatch(form) else None

    def _has_participle(self, low: int, high: int) -> bool:
        fullmatch = self.grammar.participle.fullmatch
        return any(fullmatch(form) for form in self.tokens.forms[low:high])

    # Years that the text leaves out -----------------------------------------------------------------------------------

    def year_of(self, month: int, day: int | None, start: int, end: int) -> int | None:
        """The year of a day or month that is named without one; None where nothing tells.

        A past clause in a passage about another year belongs to that year; else it is the nearest on the side that the
        tense points to, and without a tense simply the nearest.
        """
        headed = self._year_of_line(month, start, end)
        if headed is not None:
            return headed
        told = self._year_told(month, start, end)
        if told is not None:
            return told
        if self.published is None:
            return None
        year = from_day(self.published)[0]
        starts = {y: to_day(y, month, day or 1) for y in (year - 1, year, year + 1)}
        ends = {y: starts[y] if day else last_of_month(y, month) for y in starts}
        distance = {y: max(starts[y] - self.published, self.published - ends[y], 0) for y in starts}
        nearest = min(distance, key=lambda y: distance[y])
        tense = self.tense(start, end)
        fits = [y for y in starts if (starts[y] <= self.published if tense == "past" else ends[y] >= self.published)]
        if tense is None or not fits:
            return nearest
        best = min(fits, key=lambda y: distance[y])
        return nearest if distance[best] > _FAR and distance[nearest] < _NEAR else best

    def _year_of_line(self, month: int, start: int, end: int) -> int | None:
        """The year of a chronicle's line ("24. Mai 2018: ..."): from its head onwards, save where it looks back."""
        if self.headed is None or self.tokens.starts[start] >= self.headed[1]:
            return None
        year, head_month, _ = from_day(self.headed[0].first)
        if self.tense(start, end, is_certain=True) == "past":
            return year - (month > head_month)
        return year + (month < head_month)

    def _year_told(self, month: int, start: int, end: int) -> int | None:
        """The year that the passage is about, where it is not that of publication."""
        spoken = self.last_spoken
        if spoken is None or spoken.period.grain not in _TELLS_A_YEAR:
            return None
        distance = self.sentence(start) - spoken.sentence
        if distance > _PASSAGE or not self._is_same_paragraph(spoken, start):
            return None
        year = spoken.period.year
        if spoken.period.season == "WI" and month <= 2:
            year += 1
        if self.published is None:
            return year
        away = year - from_day(self.published)[0]
        if distance == 0 and spoken.period.grain == "year":
            return year if away < 0 else None
        if abs(away) <= 1:
            return None
        if self._is_aside(spoken, start):
            return None
        if distance and (self._is_recent(month, start, distance) or self.tense(start, end) != "past"):
            return None
        return year

    def _is_aside(self, spoken: Spoken, start: int) -> bool:
        """Whether the date told sets no scene: "das dritte nach 2000", a birth, or years have gone by since."""
        codes, grammar = self.tokens.codes, self.grammar
        first = next((other for other in self.spoken if other.sentence == spoken.sentence), spoken)
        before = codes[max(0, first.token - 1) : first.token]
        if spoken.period.grain == "year" and any(grammar.is_in("aside_before", code) for code in before):
            return True
        return any(
            grammar.is_in("years_pass", code) or grammar.is_in("aside_behind", code)
            for code in codes[spoken.end : start]
        )

    def _is_recent(self, month: int, start: int, distance: int) -> bool:
        """Whether the month lies so shortly before publication that it is that one, not one of a year told before."""
        assert self.published is not None
        here = from_day(self.published)[0]
        last = last_of_month(here - (to_day(here, month) > self.published), month)
        return 0 <= self.published - last <= _RECENT and (distance > 1 or self._is_said_to_be_recent(start))

    def _is_said_to_be_recent(self, start: int) -> bool:
        """ "erst im Mai": not long before publication."""
        return any(self.grammar.is_in("recent_sign", code) for code in self.tokens.codes[max(0, start - 2) : start])


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether an expression opens its line and a colon or dash follows it."""
    return opens_line(text, start) and _is_closed_as_heading(text, end)


def opens_line(text: str, start: int) -> bool:
    """Whether nothing but a bullet stands before it on its line."""
    before = text[max(0, start - 40) : start]
    line = before.rpartition("\n")[2] if "\n" in before or start <= 40 else "x"
    return not line.strip(" \t•*-–·")


def _is_closed_as_heading(text: str, end: int) -> bool:
    return text[end : end + 3].lstrip()[:1] in (":", "–", "—")
