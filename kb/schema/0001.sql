-- Tables of a Zeitstrahl knowledge base. docs/knowledge-base.md tells what each is for.
-- Days are integers (proleptic Gregorian, day 1 = 0001-01-01): date(day + 1721424.5) prints one.
-- Offsets are code points into document.text: substr(text, start_offset + 1, end_offset - start_offset).

-- What documents say -----------------------------------------------------------------------------------------------

CREATE TABLE document (
    id                INTEGER PRIMARY KEY,      -- printed as d1, d2
    key               TEXT    NOT NULL UNIQUE,  -- SHA-256 of the bytes it was read from
    text              TEXT    NOT NULL,
    language          TEXT    NOT NULL,
    title             TEXT    NOT NULL DEFAULT '',
    published         INTEGER,                  -- day
    published_basis   TEXT    NOT NULL DEFAULT 'unknown',
    outlet            TEXT    NOT NULL DEFAULT '',
    agency            TEXT    NOT NULL DEFAULT '',
    author            TEXT    NOT NULL DEFAULT '',
    url               TEXT    NOT NULL DEFAULT '',
    as_read           TEXT    NOT NULL,             -- JSON: title, outlet, agency, author, url before any correction
    model             TEXT    NOT NULL DEFAULT '',  -- what analysed the language
    added_at          TEXT    NOT NULL,             -- UTC, ISO 8601
    withdrawn_at      TEXT,
    withdrawn_because TEXT,
    forgotten_at      TEXT                          -- text and quotations were purged
) STRICT;

CREATE TABLE location (
    document        INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    path            TEXT    NOT NULL,  -- as given
    name            TEXT    NOT NULL,  -- the file's own name
    published       INTEGER,           -- what this place says, a file name that begins with a date for one
    published_basis TEXT    NOT NULL DEFAULT 'unknown',
    PRIMARY KEY (document, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE zone (
    document     INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    start_offset INTEGER NOT NULL,
    end_offset   INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    PRIMARY KEY (document, start_offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE remark (
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text     TEXT    NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE local_actor (                      -- an actor as one document knows it
    id       INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    key      TEXT    NOT NULL,                  -- "offset:name", unique in the document
    name     TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    aliases  TEXT    NOT NULL DEFAULT '[]',     -- JSON list
    UNIQUE (document, key)
) STRICT;

CREATE TABLE actor_mention (
    local_actor  INTEGER NOT NULL REFERENCES local_actor ON DELETE CASCADE,
    start_offset INTEGER NOT NULL,
    end_offset   INTEGER NOT NULL,
    form         TEXT    NOT NULL,              -- name, role, pronoun, adjective
    rule         TEXT    NOT NULL,
    PRIMARY KEY (local_actor, start_offset, end_offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (                          -- a place that speaks of an event, with what it claims
    id                INTEGER PRIMARY KEY,
    document          INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    trigger_start     INTEGER NOT NULL,
    trigger_word      TEXT    NOT NULL,
    local_event       TEXT    NOT NULL,         -- key of the event within the document, "offset:word"
    position          INTEGER NOT NULL,         -- among the mentions of the local event, the best is 0
    join_rule         TEXT    NOT NULL,         -- why it belongs to the local event; '' for the first
    start_offset      INTEGER NOT NULL,
    end_offset        INTEGER NOT NULL,
    kind              TEXT    NOT NULL,
    status            TEXT    NOT NULL CHECK (status IN ('occurred', 'planned', 'cancelled', 'denied', 'possible')),
    status_rule       TEXT    NOT NULL,
    when_edtf         TEXT,
    when_text         TEXT,
    when_basis        TEXT,
    when_rule         TEXT,
    when_counted_from TEXT,
    place             INTEGER REFERENCES local_actor,
    place_rule        TEXT    NOT NULL,
    is_reported       INTEGER NOT NULL,
    reported_by       INTEGER REFERENCES local_actor,
    reported_start    INTEGER,
    reported_end      INTEGER,
    reported_rule     TEXT,
    label             TEXT    NOT NULL,
    label_rule        TEXT    NOT NULL,
    salience          REAL    NOT NULL,
    zone              TEXT    NOT NULL,
    is_saying         INTEGER NOT NULL,
    concept           TEXT    NOT NULL,         -- shared by verb and noun of one happening, in all languages
    rule              TEXT    NOT NULL,
    UNIQUE (document, trigger_start, trigger_word)
) STRICT;
CREATE INDEX mention_place ON mention (place) WHERE place IS NOT NULL;
CREATE INDEX mention_reported_by ON mention (reported_by) WHERE reported_by IS NOT NULL;

CREATE TABLE mention_role (
    mention     INTEGER NOT NULL REFERENCES mention ON DELETE CASCADE,
    position    INTEGER NOT NULL,
    local_actor INTEGER NOT NULL REFERENCES local_actor,
    role        TEXT    NOT NULL,
    rule        TEXT    NOT NULL,
    PRIMARY KEY (mention, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_role_local_actor ON mention_role (local_actor);

CREATE TABLE local_link (                       -- between events of one document
    document       INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    source         TEXT    NOT NULL,            -- mention.local_event
    target         TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    evidence_start INTEGER,
    evidence_end   INTEGER,
    rule           TEXT    NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- What people decide: rows are added, never changed ----------------------------------------------------------------

CREATE TABLE judgement (
    id      INTEGER PRIMARY KEY,
    made_at TEXT NOT NULL,                      -- UTC, ISO 8601
    author  TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,                      -- key of an event, an actor or a document
    others  TEXT NOT NULL DEFAULT '[]',         -- JSON list of further keys: those merged, those split off
    field   TEXT NOT NULL DEFAULT '',
    before  TEXT,                               -- JSON
    after   TEXT,                               -- JSON
    reason  TEXT NOT NULL DEFAULT '',
    undoes  INTEGER REFERENCES judgement
) STRICT;
CREATE INDEX judgement_subject ON judgement (subject);
CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'judgements are never changed'); END;
CREATE TRIGGER judgement_remains BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'judgements are never deleted'); END;

-- What people see as k7 and a3: given at first sight, never changed ------------------------------------------------

CREATE TABLE event_number (
    number INTEGER PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE                 -- a mention's key that was an event's
) STRICT;

CREATE TABLE actor_number (
    number INTEGER PRIMARY KEY,
    key    TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE former_key (                       -- a mention that a later extraction sees elsewhere
    key     TEXT PRIMARY KEY,
    current TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What follows from the above: rewritten in the transaction that changes it ----------------------------------------

CREATE TABLE rules (                            -- by which what follows was computed
    digest TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE actor (
    id        INTEGER PRIMARY KEY,              -- the smallest actor_number of its keys
    key       TEXT    NOT NULL UNIQUE,
    public_id TEXT    NOT NULL UNIQUE,
    name      TEXT    NOT NULL,
    kind      TEXT    NOT NULL
) STRICT;

CREATE TABLE actor_form (                       -- how its members are written, counted
    actor   INTEGER NOT NULL REFERENCES actor ON DELETE CASCADE,
    name    TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    aliases TEXT    NOT NULL,                   -- JSON list
    is_own  INTEGER NOT NULL,                   -- named by nothing but a short form
    bearers INTEGER NOT NULL,                   -- actors of documents
    PRIMARY KEY (actor, name, kind, aliases, is_own)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor_name (
    actor     INTEGER NOT NULL REFERENCES actor ON DELETE CASCADE,
    name      TEXT    NOT NULL,
    folded    TEXT    NOT NULL,                 -- as names are compared
    bearers   INTEGER NOT NULL,                 -- actors of documents
    PRIMARY KEY (actor, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_name_folded ON actor_name (folded);

CREATE TABLE actor_member (
    local_actor INTEGER PRIMARY KEY REFERENCES local_actor ON DELETE CASCADE,
    naming      TEXT    NOT NULL,               -- the key that its own document gives it
    actor       INTEGER NOT NULL REFERENCES actor
) STRICT;
CREATE INDEX actor_member_actor ON actor_member (actor);
CREATE INDEX actor_member_naming ON actor_member (naming, actor);

CREATE TABLE naming_rule (                      -- why those who are named so are the actor that they are
    naming TEXT PRIMARY KEY,
    rule   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE short_name (                       -- surnames and abbreviations, with whom they may mean
    short       TEXT    NOT NULL,
    naming      TEXT    NOT NULL,
    local_actor INTEGER NOT NULL REFERENCES local_actor ON DELETE CASCADE,
    PRIMARY KEY (short, naming, local_actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX short_name_naming ON short_name (naming, short);
CREATE INDEX short_name_local_actor ON short_name (local_actor);

CREATE TABLE telling (                          -- what one document tells of one event, as joining compares it
    id       INTEGER PRIMARY KEY,               -- mention.id of the mention that gives it its key
    document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    event    INTEGER REFERENCES event,
    kind     TEXT    NOT NULL,
    status   TEXT    NOT NULL,
    is_saying INTEGER NOT NULL,
    earliest INTEGER,
    latest   INTEGER,
    place    INTEGER REFERENCES actor,
    actors   INTEGER NOT NULL,                  -- how many take part
    concepts TEXT    NOT NULL,                  -- of the mentions, apart by spaces
    words    TEXT    NOT NULL,                  -- beginnings of the label's words, without names
    rule     TEXT    NOT NULL DEFAULT ''        -- why it belongs to the event; '' for the first
) STRICT;
CREATE INDEX telling_time ON telling (kind, earliest, latest);
CREATE INDEX telling_alone ON telling (kind, earliest, latest) WHERE actors = 0;
CREATE INDEX telling_event ON telling (event);
CREATE INDEX telling_document ON telling (document);
CREATE INDEX telling_place ON telling (place) WHERE place IS NOT NULL;

CREATE TABLE telling_actor (                    -- those who take part, and the place: dated tellings only
    actor    INTEGER NOT NULL REFERENCES actor,
    kind     TEXT    NOT NULL,                  -- of the telling
    earliest INTEGER NOT NULL,
    telling  INTEGER NOT NULL REFERENCES telling ON DELETE CASCADE,
    is_place INTEGER NOT NULL,
    PRIMARY KEY (actor, kind, earliest, telling, is_place)
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_actor_telling ON telling_actor (telling);

CREATE TABLE event (
    id                INTEGER PRIMARY KEY,      -- printed as k1, k2: the smallest event_number of its keys
    key               TEXT    NOT NULL UNIQUE,
    public_id         TEXT    NOT NULL UNIQUE,
    label             TEXT    NOT NULL,
    label_rule        TEXT    NOT NULL,
    language          TEXT    NOT NULL,
    kind              TEXT    NOT NULL,
    status            TEXT    NOT NULL,
    status_rule       TEXT    NOT NULL,
    is_reported       INTEGER NOT NULL,
    reported_by       INTEGER REFERENCES actor,
    start             INTEGER,                  -- the first day known of it: what timelines are sorted by
    earliest          INTEGER,
    latest            INTEGER,
    clock_order       INTEGER NOT NULL DEFAULT -9,
    when_edtf         TEXT,
    when_text         TEXT,
    when_basis        TEXT,
    when_origin       TEXT,                     -- the rule that read the words
    when_counted_from TEXT,
    when_rule         TEXT    NOT NULL,         -- the rule that chose among mentions
    place             INTEGER REFERENCES actor,
    place_rule        TEXT    NOT NULL,
    salience          REAL    NOT NULL,
    is_saying         INTEGER NOT NULL,
    sources           INTEGER NOT NULL,
    mentions          INTEGER NOT NULL,
    is_shown          INTEGER NOT NULL,
    hidden_because    TEXT    NOT NULL,
    is_pinned         INTEGER NOT NULL,
    checked_by        TEXT
) STRICT;
-- An open end is the widest of all.
CREATE INDEX event_time ON event (is_shown, start, coalesce(latest, 4000000000) DESC, clock_order, key);
CREATE INDEX event_place ON event (place) WHERE place IS NOT NULL;
CREATE INDEX event_reported_by ON event (reported_by) WHERE reported_by IS NOT NULL;

CREATE TABLE event_mention (
    mention  INTEGER PRIMARY KEY REFERENCES mention ON DELETE CASCADE,
    telling  INTEGER NOT NULL REFERENCES telling ON DELETE CASCADE,
    event    INTEGER REFERENCES event,
    position INTEGER                            -- the best is 0
) STRICT;
CREATE INDEX event_mention_event ON event_mention (event, position);
CREATE INDEX event_mention_telling ON event_mention (telling);

CREATE TABLE event_actor (
    event    INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    actor    INTEGER NOT NULL REFERENCES actor,
    role     TEXT    NOT NULL,                  -- a role, or place
    position INTEGER NOT NULL,
    rule     TEXT    NOT NULL,
    start    INTEGER,
    is_shown INTEGER NOT NULL,
    PRIMARY KEY (event, actor, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actor_time ON event_actor (actor, start, event, is_shown);

CREATE TABLE other_when (                       -- dates that mentions state and the shown one does not agree with
    event        INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    edtf         TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    basis        TEXT    NOT NULL,
    rule         TEXT    NOT NULL,
    counted_from TEXT,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
    source         INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    target         INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
    kind           TEXT    NOT NULL,
    document       INTEGER REFERENCES document,
    evidence_start INTEGER,
    evidence_end   INTEGER,
    rule           TEXT    NOT NULL,
    UNIQUE (source, target, kind, document, evidence_start)
) STRICT;
CREATE INDEX link_target ON link (target);
CREATE INDEX link_document ON link (document);

CREATE VIRTUAL TABLE event_text USING fts5 (    -- rowid = event.id; German umlauts are written out, ß is ss
    label, quotations, names,
    tokenize = "unicode61 remove_diacritics 2"
);

-- For the sqlite3 shell and Datasette ------------------------------------------------------------------------------

CREATE VIEW timeline AS
SELECT 'k' || e.id AS event, date(e.earliest + 1721424.5) AS earliest, date(e.latest + 1721424.5) AS latest,
       e.when_edtf AS edtf, e.label, e.status, e.is_reported,
       (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM event_actor AS ea JOIN actor AS a ON a.id = ea.actor
         WHERE ea.event = e.id AND ea.role <> 'place' ORDER BY ea.position)) AS actors,
       (SELECT name FROM actor WHERE id = e.place) AS place, e.kind, e.sources, e.salience, e.is_shown, e.hidden_because
  FROM event AS e ORDER BY e.start IS NULL, e.start, e.latest DESC;

CREATE VIEW quotation AS
SELECT 'k' || em.event AS event, e.label, 'd' || d.id AS document, d.title, d.outlet,
       date(d.published + 1721424.5) AS published, m.start_offset, m.end_offset,
       substr(d.text, m.start_offset + 1, m.end_offset - m.start_offset) AS quotation,
       m.status, m.when_edtf AS edtf, m.when_text, m.is_reported, m.rule
  FROM event_mention AS em JOIN event AS e ON e.id = em.event JOIN mention AS m ON m.id = em.mention
  JOIN document AS d ON d.id = m.document ORDER BY em.event, em.position;

CREATE VIEW actor_timeline AS
SELECT a.name AS actor, ea.role, 'k' || e.id AS event, date(e.earliest + 1721424.5) AS earliest,
       date(e.latest + 1721424.5) AS latest, e.label, e.status, e.is_shown
  FROM event_actor AS ea JOIN actor AS a ON a.id = ea.actor JOIN event AS e ON e.id = ea.event
 ORDER BY a.name, ea.start;
