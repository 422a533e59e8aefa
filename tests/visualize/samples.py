"""Timelines for tests: the Korean nuclear diplomacy of 2000 to 2019 in facts, hostile content, and any number of events."""

from __future__ import annotations

import random
from itertools import chain

from events import ActorKind, Status, When, from_day
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

# id, EDTF or "", label, actors, place, salience, quotations (source, text, language)
_FACTS: list[tuple[str, str, str, str, str, float, list[tuple[str, str]]]] = [
    ("k1", "2000-06-13/2000-06-15", "Kim Dae Jung und Kim Jong Il treffen sich zum ersten innerkoreanischen Gipfel in Pjöngjang",
     "dae il", "pjoengjang", 0.8, [("chronik", "13. bis 15. Juni 2000: In Pjöngjang kommen Kim Dae Jung und Kim Jong Il zum ersten Gipfel beider Koreas zusammen.")]),
    ("k2", "2006-10-09", "Nordkorea zündet erstmals einen Atomsprengsatz", "nk", "", 0.7,
     [("tests", "Am 9. Oktober 2006 meldete Nordkorea seinen ersten Atomtest.")]),
    ("k3", "2006-10-14", "Der UN-Sicherheitsrat verhängt Sanktionen gegen Nordkorea", "unsc nk", "", 0.5,
     [("tests", "Fünf Tage später verhängte der Sicherheitsrat Sanktionen.")]),
    ("k4", "2007-10-02/2007-10-04", "Roh Moo Hyun und Kim Jong Il treffen sich in Pjöngjang", "roh il", "pjoengjang", 0.6,
     [("chronik", "2. bis 4. Oktober 2007: Zweiter Gipfel in Pjöngjang, diesmal mit Roh Moo Hyun.")]),
    ("k5", "2009-05-25", "Nordkorea zündet einen zweiten Atomsprengsatz", "nk", "", 0.45,
     [("tests", "Der zweite Test folgte am 25. Mai 2009.")]),
    ("k6", "2011-08-24", "Kim Jong Il trifft Dmitri Medwedew in Ulan-Ude", "il medwedew", "ulanude", 0.6,
     [("ulanude", "Kim Jong Il ist am Mittwoch bei Ulan-Ude mit Präsident Dmitri Medwedew zusammengekommen."),
      ("gipfel", "Zuletzt hatte 2011 Kims Vater Kim Jong Il in Russland Gespräche geführt.")]),
    ("k7", "2011-12-17", "Kim Jong Il stirbt", "il", "", 0.65, [("chronik", "17. Dezember 2011: Kim Jong Il stirbt; sein Sohn folgt ihm nach.")]),
    ("k8", "2011-12/..", "Kim Jong Un führt Nordkorea", "un nk", "", 0.35, [("gipfel", "Kim, der das Land seit Ende 2011 führt, reiste im Zug an.")]),
    ("k9", "2013-02-12", "Nordkorea zündet einen dritten Atomsprengsatz", "nk", "", 0.45, [("tests", "2013 folgte am 12. Februar der dritte Versuch.")]),
    ("k10", "2016-01-06", "Nordkorea meldet den Test einer Wasserstoffbombe", "nk", "", 0.5, [("tests", "Am 6. Januar 2016 gab Pjöngjang an, eine Wasserstoffbombe gezündet zu haben.")]),
    ("k11", "2016-09-09", "Nordkorea zündet einen fünften Atomsprengsatz", "nk", "", 0.45, [("tests", "Der fünfte Test fiel auf den 9. September 2016.")]),
    ("k12", "2017-09-03", "Nordkorea zündet einen sechsten Atomsprengsatz", "nk", "", 0.6, [("tests", "Am Sonntag erschütterte der sechste Test die Region.")]),
    ("k13", "2017-11-29", "Nordkorea startet eine Interkontinentalrakete vom Typ Hwasong-15", "nk", "", 0.5,
     [("chronik", "29. November 2017: Start einer Hwasong-15.")]),
    ("k14", "2018-03-25/2018-03-28", "Kim Jong Un besucht Xi Jinping in Peking", "un xi", "peking", 0.55,
     [("chronik", "25. bis 28. März 2018: Erste Auslandsreise Kims, er trifft in Peking Xi Jinping.")]),
    ("k15", "2018-04-27", "Kim Jong Un und Moon Jae In treffen sich in Panmunjom", "un moon", "panmunjom", 0.8,
     [("chronik", "27. April 2018: Moon Jae In empfängt Kim in Panmunjom.")]),
    ("k16", "2018-05", "Wladimir Putin lädt Kim Jong Un nach Russland ein", "putin un", "", 0.4,
     [("gipfel", "Putin hatte Kim im Mai vergangenen Jahres eingeladen.")]),
    ("k17", "2018-05-26", "Moon Jae In und Kim Jong Un treffen sich ein zweites Mal in Panmunjom", "moon un", "panmunjom", 0.4, [("chronik", "26. Mai 2018: Überraschendes zweites Treffen.")]),
    ("k18", "2018-06-12", "Donald Trump und Kim Jong Un treffen sich in Singapur", "trump un", "singapur", 0.95,
     [("singapore", "Trump and Kim signed a joint statement on Tuesday after the first summit of a sitting U.S. president and a North Korean leader."),
      ("chronik", "12. Juni 2018: In Singapur treffen sich erstmals ein amtierender US-Präsident und ein Machthaber Nordkoreas.")]),
    ("k19", "2018-09-18/2018-09-20", "Moon Jae In besucht Kim Jong Un in Pjöngjang", "moon un", "pjoengjang", 0.6, [("chronik", "18. bis 20. September 2018: Dritter Gipfel des Jahres, in Pjöngjang.")]),
    ("k20", "2019-02-27/2019-02-28", "Der Gipfel von Donald Trump und Kim Jong Un in Hanoi endet ohne Einigung", "trump un", "hanoi", 0.95,
     [("hanoi", "Trump und Kim brachen ihren Gipfel am Donnerstag ohne gemeinsame Erklärung ab."),
      ("gipfel", "Der Gipfel Ende Februar in Hanoi war gescheitert.")]),
    ("k21", "[2019-02-21..2019-02-28]", "Nordkorea verlangt die Aufhebung von Sanktionen", "nk", "", 0.35, [("gipfel", "Ende Februar hatte Nordkorea die Aufhebung von Sanktionen verlangt.")]),
    ("k22", "2019-04-24", "Kim Jong Un überquert im Sonderzug die Grenze bei Chassan", "un", "chassan", 0.6, [("zug", "Der Sonderzug passierte am Mittwoch die Grenze bei Chassan.")]),
    ("k23", "2019-04-24", "Kim Jong Un trifft in Wladiwostok ein", "un", "wladiwostok", 0.5, [("zug", "Am Abend erreichte Kim Wladiwostok.")]),
    ("k24", "2019-04-25", "Kim Jong Un und Wladimir Putin treffen sich in Wladiwostok", "un putin", "wladiwostok", 0.9,
     [("gipfel", "Putin empfing Kim am Donnerstag auf dem Gelände der Universität."),
      ("zug", "Am Donnerstag soll er Putin treffen.")]),
    ("k25", "2019-04-25", "Wladimir Putin spricht sich für Sicherheitsgarantien für Nordkorea aus", "putin nk", "wladiwostok", 0.4, [("gipfel", "Nordkorea brauche Garantien seiner Sicherheit, sagte Putin nach dem Treffen.")]),
    ("k26", "2019-04-26", "Kim Jong Un besucht ein Denkmal der Pazifikflotte", "un", "wladiwostok", 0.35, [("gipfel", "Für Freitag war der Besuch eines Denkmals vorgesehen.")]),
    ("k27", "2019-04-27", "Kim Jong Un reist aus Wladiwostok ab", "un", "wladiwostok", 0.3, [("gipfel", "Am Samstag wollte Kim abreisen.")]),
    ("k28", "2018-05-24", "Donald Trump sagt das Treffen in Singapur vorerst ab", "trump un", "", 0.45, [("chronik", "24. Mai 2018: Trump sagt das Treffen in einem Brief ab, wenige Tage später gilt es wieder.")]),
    ("k29", "", "Russland liefert Nordkorea Weizen", "nk", "", 0.2, [("gipfel", "Russland habe dem Land zuvor Weizen geliefert.")]),
    ("k30", "1994", "Kim Jong Il folgt auf Kim Il Sung", "il", "", 0.3, [("chronik", "Kim Jong Il, seit 1994 Nachfolger seines Vaters.")]),
]  # fmt: skip
_STATUS: dict[str, Status] = {"k26": "planned", "k27": "planned", "k28": "occurred"}
_SAYINGS = {"k21", "k25"}
_REPORTED = {"k10": "Nordkorea", "k29": ""}


def korean_timeline() -> Timeline:
    """Thirty events, seven sources, some of them planned, reported, imprecise, open or undated."""
    events = tuple(_korean_event(*fact) for fact in _FACTS)
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


def _korean_event(
    id_: str, edtf: str, label: str, actors: str, place: str, salience: float, quotes: list[tuple[str, str]]
) -> TimelineEvent:
    return TimelineEvent(
        id=id_,
        label=label,
        language="de",
        when=When.parse(edtf) if edtf else None,
        kind="meeting" if "treffen" in label else "event",
        status=_STATUS.get(id_, "occurred"),
        is_reported=id_ in _REPORTED,
        reported_by=_REPORTED.get(id_, ""),
        actors=tuple(actors.split()),
        place=place,
        salience=salience,
        is_saying=id_ in _SAYINGS,
        quotations=tuple(Quotation(source=source, text=text, language=SOURCES[source][1]) for source, text in quotes),
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
        TimelineSource(id=f"s{n}", label=f"Beispieldienst, «Meldung {n}», {1 + n % 28}.{1 + n % 12}.2019", language="de")
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
            Quotation(source=f"s{number // 20 * 20 // 20}", text=f"In Meldung {number} hieß es dazu: {verb}.", language="de"),
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
