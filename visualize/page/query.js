// The filter: text with a small query language, actor, place, kind, status, checking and range.

// Letters as they are compared: without case and accents, so that "Jänner" finds "jänner" and "janner".
function foldText(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
}

// The fields of the query language, as kb/query.toml names them.
const FIELDS = {
  actor: ["actor", "akteur", "person", "who", "wer"],
  place: ["place", "ort", "where", "wo"],
  kind: ["kind", "art"],
  status: ["status"],
  since: ["since", "from", "seit", "ab"],
  until: ["until", "to", "bis"],
  after: ["after", "nach"],
  before: ["before", "vor"],
};

// 'train -Putin "Kim Jong Un" actor:Trump since:2018' as [{ field, words, isExcluded }]: all must hold, none of the
// excluded. A word also finds those that begin with it; words in quotation marks must follow each other.
function parseQuery(text) {
  const terms = [];
  for (const match of text.matchAll(/(-?)(?:(\p{L}+):)?(?:["„“”«»]([^"„“”«»]*)["„“”«»]?|([^\s"„“”«»]+))/gu)) {
    const [, minus, name = "", phrase, word] = match;
    const field = Object.keys(FIELDS).find((key) => FIELDS[key].includes(name.toLowerCase())) ?? "";
    const raw = (phrase ?? word).trim();
    const words = foldText(field || !name ? raw : `${name}:${raw}`);
    if (words && words !== "-") terms.push({ field, raw, words, isExcluded: minus === "-" });
  }
  return terms;
}

// Whether a folded text satisfies the terms that ask for words. They match at the beginning of words only: "Un" is not
// in "Hund". What is typed without umlauts finds them, however they are written out.
function matchesQuery(terms, folded) {
  return terms.every((term) => term.field !== "" || hasTerm(folded, term.words) !== term.isExcluded);
}

function hasTerm(folded, words) {
  return (
    hasBeginning(folded, words) || (/[aou]e/.test(words) && hasBeginning(folded, words.replace(/([aou])e/g, "$1")))
  );
}

function hasBeginning(folded, words) {
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1])) return true;
  }
  return false;
}

// Whether an event satisfies the terms that ask for a field.
function matchesFields(terms, events, place) {
  return terms.every((term) => term.field === "" || hasField(term, events, place) !== term.isExcluded);
}

function hasField({ field, raw, words }, events, place) {
  if (field === "actor") return events.actors[place].some((actor) => hasTerm(events.foldedName(actor), words));
  if (field === "place") return events.place[place] >= 0 && hasTerm(events.foldedName(events.place[place]), words);
  if (field === "kind")
    return [events.kinds, events.kindNames].some((names) => hasTerm(foldText(names[events.kind[place]]), words));
  if (field === "status") return events.statusWords(place).some((status) => foldText(status).startsWith(words));
  const period = readPeriod(raw);
  if (!period) return false;
  if (field === "since") return events.end[place] >= period[0];
  if (field === "until") return events.start[place] <= period[1];
  return field === "after" ? events.end[place] > period[1] : events.start[place] < period[0];
}

// Positions of the events that pass. `filter` holds { terms, actor, place, kind, status, checked, from, to }, each null
// where anything goes; `events` gives what is known of each (see data.js). Undated events pass where no range is set.
function filterEvents(events, filter) {
  const chosen = [];
  for (let place = 0; place < events.count; place++) if (passes(events, place, filter)) chosen.push(place);
  return chosen;
}

function passes(events, place, filter) {
  if (filter.actor !== null && !events.actors[place].includes(filter.actor)) return false;
  if (filter.place !== null && events.place[place] !== filter.place) return false;
  if (filter.kind !== null && events.kind[place] !== filter.kind) return false;
  if (filter.status !== null && events.status[place] !== filter.status) return false;
  if (filter.checked !== null && events.isChecked(place) !== filter.checked) return false;
  if (filter.from !== null && !(events.end[place] >= filter.from)) return false;
  if (filter.to !== null && !(events.start[place] <= filter.to)) return false;
  if (!filter.terms || filter.terms.length === 0) return true;
  return matchesFields(filter.terms, events, place) && matchesQuery(filter.terms, events.searchText(place));
}
