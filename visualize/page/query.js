// The filter: text with a small query language, actor, place, kind, status, checking and range.

// Letters as they are compared: without case and accents, so that "Jänner" finds "jänner" and "janner".
function foldText(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
}

// "train -Putin \"Kim Jong Un\"" as [{ words, isExcluded }]: all must be found, none of the excluded. A word also finds
// those that begin with it; words in quotation marks must follow each other.
function parseQuery(text) {
  const terms = [];
  for (const match of text.matchAll(/(-?)(?:["„“”«»]([^"„“”«»]*)["„“”«»]?|(\S+))/g)) {
    const words = foldText((match[2] ?? match[3]).trim());
    if (words && words !== "-") terms.push({ words, isExcluded: match[1] === "-" });
  }
  return terms;
}

// Whether a folded text satisfies the terms. Words match at their beginning only: "Un" is not in "Hund".
function matchesQuery(terms, folded) {
  return terms.every((term) => hasTerm(folded, term.words) !== term.isExcluded);
}

function hasTerm(folded, words) {
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1])) return true;
  }
  return false;
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
  return !filter.terms || filter.terms.length === 0 || matchesQuery(filter.terms, events.searchText(place));
}
