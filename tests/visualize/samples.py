"""Timelines for tests: the Korean nuclear diplomacy in facts, hostile content, and any number of events."""

from __future__ import annotations

import random
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

from events import ActorKind, When, from_day
from visualize import (
    ChainStep,
    Quotation,
    Timeline,
    TimelineActor,
    TimelineEvent,
    TimelineLink,
    TimelineSource,
)

ACTORS: dict[str, tuple[str, ActorKind]] = {
    "un": ("Kim Jong Un", "person"),
    "il": ("Kim Jong Il", "person"),
    "dae": ("Kim Dae Jung", "person"),
    "roh": ("Roh Moo Hyun", "person"),
    "moon": ("Moon Jae In", "person"),
    "trump": ("Donald Trump", "person"),
    "putin": ("Wladimir Putin", "person"),
    "medwedew": ("Dmitri Medwedew", "person"),
    "xi": ("Xi Jinping", "person"),
    "nk": ("Nordkorea", "state"),
    "unsc": ("UN-Sicherheitsrat", "organisation"),
    "pjoengjang": ("Pjöngjang", "place"),
    "panmunjom": ("Panmunjom", "place"),
    "singapur": ("Singapur", "place"),
    "hanoi": ("Hanoi", "place"),
    "wladiwostok": ("Wladiwostok", "place"),
    "chassan": ("Chassan", "place"),
    "ulanude": ("Ulan-Ude", "place"),
    "peking": ("Peking", "place"),
}

SOURCES = {
    "gipfel": ("Beispieldienst, «Kim und Putin treffen sich in Wladiwostok», 25.4.2019", "de"),
    "zug": ("Beispieldienst, «Kims Sonderzug passiert die Grenze», 24.4.2019", "de"),
    "hanoi": ("Beispieldienst, «Gipfel von Hanoi ohne Ergebnis», 28.2.2019", "de"),
    "chronik": ("Beispieldienst, «Chronologie: Nordkoreas Gipfeldiplomatie», 23.4.2019", "de"),
    "singapore": ("Sample Wire, “Trump and Kim sign joint statement”, 12 June 2018", "en"),
    "tests": ("Beispieldienst, «Nordkoreas Atomtests», 4.9.2017", "de"),
    "ulanude": ("Beispieldienst, «Kim Jong Il trifft Medwedew», 24.8.2011", "de"),
}


def korean_timeline() -> Timeline:
    """Thirty events, seven sources, some of them planned, reported, imprecise, open or undated."""
    facts = tomllib.loads(Path(__file__).with_name("korea.toml").read_text(encoding="utf-8"))["event"]
    events = tuple(map(_korean_event, facts))
    return Timeline(
        title="Nordkoreas Gipfeldiplomatie",
        events=events,
        actors=tuple(TimelineActor(id=id_, name=name, kind=kind) for id_, (name, kind) in ACTORS.items()),
        sources=tuple(TimelineSource(id=id_, label=label, language=lang) for id_, (label, lang) in SOURCES.items()),
        links=(
            TimelineLink(source="k22", target="k23", kind="before", words="am Abend"),
            TimelineLink(source="k23", target="k24", kind="before"),
            TimelineLink(source="k24", target="k16", kind="fulfils", words="der Einladung folgte"),
            TimelineLink(source="k20", target="k24", kind="same_story"),
        ),
    )


def chain_timeline() -> Timeline:
    """The same with a chain of four steps to present."""
    timeline = korean_timeline()
    ties = {"k18": "", "k20": "acht Monate später", "k22": "zwei Monate später", "k24": "am Tag darauf"}
    return Timeline(
        title=timeline.title,
        events=timeline.events,
        actors=timeline.actors,
        sources=timeline.sources,
        links=timeline.links,
        steps=tuple(ChainStep(event=event, tie=tie) for event, tie in ties.items()),
    )


def _korean_event(fact: dict[str, Any]) -> TimelineEvent:
    return TimelineEvent(
        id=fact["id"],
        label=fact["label"],
        language="de",
        when=When.parse(fact["when"]) if fact["when"] else None,
        kind="meeting" if "treffen" in fact["label"] else "event",
        status=fact.get("status", "occurred"),
        is_reported="reported_by" in fact,
        reported_by=fact.get("reported_by", ""),
        actors=tuple(fact["actors"]),
        place=fact.get("place", ""),
        salience=fact["salience"],
        is_saying=fact.get("is_saying", False),
        quotations=tuple(
            Quotation(source=source, text=text, language=SOURCES[source][1]) for source, text in fact["quotations"]
        ),
    )


def generated_timeline(count: int, *, lanes: int = 20, seed: int = 7) -> Timeline:
    """Any number of events in so many lanes, half of them in bursts; equal for equal arguments."""
    draw = random.Random(seed)
    start, end = 730_000, 737_500  # 1999 to 2020
    bursts = [draw.randint(start, end) for _ in range(max(3, count // 400))]
    verbs = ["trifft", "besucht", "warnt", "empfängt", "lädt ein", "verlässt", "unterzeichnet mit", "verhandelt mit"]
    events = []
    for number in range(count):
        day = draw.randint(start, end) if draw.random() < 0.5 else draw.choice(bursts) + int(draw.gauss(0, 20))
        main, other = draw.randrange(lanes), draw.randrange(lanes)
        events.append(_generated_event(draw, number, day, main, other, draw.choice(verbs)))
    sources = tuple(
        TimelineSource(
            id=f"s{n}", label=f"Beispieldienst, «Meldung {n}», {1 + n % 28}.{1 + n % 12}.2019", language="de"
        )
        for n in range(max(1, count // 20))
    )
    actors = tuple(TimelineActor(id=f"a{n}", name=f"Delegation {n + 1}", kind="group") for n in range(lanes))
    return Timeline(title=f"{count} Ereignisse", events=tuple(events), actors=actors, sources=sources)


def _generated_event(draw: random.Random, number: int, day: int, main: int, other: int, verb: str) -> TimelineEvent:
    form = draw.random()
    when: When | None = When.on(day)
    if form < 0.1:
        when = When.lasting(When.on(day), When.on(day + draw.randint(1, 30)))
    elif form < 0.2:
        year, month, _ = from_day(day)
        when = When.parse(f"{year}-{month:02}")
    elif form < 0.22:
        when = None
    return TimelineEvent(
        id=f"k{number}",
        label=f"Delegation {main + 1} {verb} Delegation {other + 1} (Nr. {number})",
        language="de",
        when=when,
        kind=draw.choice(["meeting", "statement", "travel", "sanction"]),
        status="planned" if form > 0.95 else "occurred",
        actors=(f"a{main}", f"a{other}") if draw.random() < 0.4 else (f"a{main}",),
        salience=draw.random(),
        quotations=(
            Quotation(
                source=f"s{number // 20 * 20 // 20}", text=f"In Meldung {number} hieß es dazu: {verb}.", language="de"
            ),
        ),
    )


PAYLOADS: tuple[str, ...] = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=1</script>",
    "<!--<script>window.hacked=1//",
    "--><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<img src=https://attacker.example/pixel.png>",
    "<svg onload=window.hacked=1>",
    "<svg><script>window.hacked=1</script></svg>",
    "<iframe src=javascript:parent.hacked=1></iframe>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<body onload=window.hacked=1>",
    "<details open ontoggle=window.hacked=1>x</details>",
    "<input autofocus onfocus=window.hacked=1>",
    "<a href=javascript:window.hacked=1>klick</a>",
    "<a href='https://attacker.example/'>klick</a>",
    "javascript:window.hacked=1",
    "JaVaScRiPt:window.hacked=1//",
    "data:text/html,<script>window.hacked=1</script>",
    "' onmouseover='window.hacked=1",
    '" onmouseover="window.hacked=1',
    '" autofocus onfocus="window.hacked=1" x="',
    "'><script>window.hacked=1</script>",
    '"><script>window.hacked=1</script>',
    "`${window.hacked=1}`",
    "{{ 7 * 7 }}{{ config }}",
    "{% for x in range(9) %}{% endfor %}",
    "{n}{label}{0}{title.__class__}",
    "%{x}%{customdata[0]}<extra></extra>",
    "<b>fett</b><i>schräg</i><br>neu<sub>tief</sub>",
    "<a href='https://attacker.example'>Plotly</a>",
    "<span style='position:fixed;inset:0'>Decke</span>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=https://attacker.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://attacker.example'>",
    "<base href=https://attacker.example/>",
    "<form action=https://attacker.example><button>ok</button></form>",
    "<object data=https://attacker.example/x></object>",
    "<video src=https://attacker.example/x.mp4 autoplay onerror=window.hacked=1></video>",
    "<math><mtext><script>window.hacked=1</script></mtext></math>",
    "<template><script>window.hacked=1</script></template>",
    "]]><script>window.hacked=1</script>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt; &amp; &nbsp; &#60;b&#62;",
    "\u202egnirts esrever\u202c Ende",
    "\u2066\u202eabc\u2069 def",
    "Zeile 1\u2028Zeile 2\u2029Zeile 3",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 4,
    "x" * 600,
    "=HYPERLINK(\"https://attacker.example\",\"klick\")",
    "$\\alpha$ \\u003cscript\\u003e ${7*7} \\n \\",
    "\x0b\x1f\x7f \U0001f600 e\u0301 a\u0308 \ufeff\u200b",
    "toString __proto__ constructor hasOwnProperty",
)  # fmt: skip


def hostile_timeline() -> Timeline:
    """One event per payload, which stands in every field that holds text."""
    events, actors, sources = [], [], []
    for number, payload in enumerate(PAYLOADS):
        actors.append(TimelineActor(id=f"a{payload}", name=payload, kind="person"))
        actors.append(TimelineActor(id=f"p{payload}", name=payload, kind="place"))
        sources.append(TimelineSource(id=f"s{payload}", label=payload, language=payload, url=payload))
        events.append(
            TimelineEvent(
                id=f"k{number}{payload}",
                label=payload,
                language=payload,
                when=When.on(737_000 + number * 20),
                date=payload if number % 2 else "",
                other_dates=(payload,),
                kind=payload,
                is_reported=True,
                reported_by=payload,
                actors=(f"a{payload}", f"a{PAYLOADS[0]}"),
                place=f"p{payload}",
                salience=1 - number / 100,
                quotations=(Quotation(source=f"s{payload}", text=payload, language=payload),),
            )
        )
    ids = [event.id for event in events]
    links = tuple(
        TimelineLink(source=one, target=other, kind="before", words=payload)
        for one, other, payload in zip(ids, chain(ids[1:], ids[:1]), PAYLOADS, strict=True)
    )
    title = "<b>Titel</b></title><script>window.hacked=1</script>"
    return Timeline(
        title=title,
        summary=PAYLOADS[1],
        language=PAYLOADS[19],
        events=tuple(events),
        actors=tuple(actors),
        sources=tuple(sources),
        links=links,
        steps=tuple(ChainStep(event=id_, tie=p, heading=p, line=p) for id_, p in zip(ids, PAYLOADS, strict=True)),
    )
