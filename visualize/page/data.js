// The data of the page, read once, with what is derived from it.

const Flag = { reported: 1, pinned: 2, checked: 4, saying: 8, approximate: 16 }; // as in visualize/payload.py
const STATUSES = ["occurred", "planned", "cancelled", "denied", "possible"];

async function readPageData(element) {
  if (element.dataset.encoding !== "gzip") return JSON.parse(element.textContent);
  const bytes = Uint8Array.from(atob(element.textContent.trim()), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(unpacked).text());
}

// The events as columns, with the outer days of each (`start`, `end`: infinite where open, NaN where undated) and the
// outermost that are known (`first`, `last`, between them `middle`).
function readEvents(data) {
  const columns = data.columns;
  const count = columns.id.length;
  const events = {
    ...columns,
    count,
    start: new Float64Array(count),
    end: new Float64Array(count),
    first: new Float64Array(count),
    last: new Float64Array(count),
    middle: new Float64Array(count),
    folded: [],
  };
  for (let place = 0; place < count; place++) {
    const isDated = columns.year[place] !== null;
    events.start[place] = isDated ? (columns.startEarliest[place] ?? -Infinity) : NaN;
    events.end[place] = isDated ? (columns.endLatest[place] ?? Infinity) : NaN;
    events.first[place] = isDated ? Math.min(...known(columns, place, Infinity)) : NaN;
    events.last[place] = isDated ? Math.max(...known(columns, place, -Infinity)) : NaN;
    events.middle[place] = (events.first[place] + events.last[place] + 1) / 2;
  }
  events.byId = new Map(columns.id.map((id, place) => [id, place]));
  events.importance = Uint32Array.from({ length: count }, (_, place) => place).sort(
    (one, other) => columns.weight[other] - columns.weight[one] || one - other,
  );
  events.bounds = (place) => boundsAt(columns, place);
  events.isDated = (place) => columns.year[place] !== null;
  events.isChecked = (place) => (columns.flags[place] & Flag.checked) !== 0;
  events.isReported = (place) => (columns.flags[place] & Flag.reported) !== 0;
  events.statusName = (place) => STATUSES[columns.status[place]];
  const foldedNames = [];
  events.foldedName = (actor) => (foldedNames[actor] ??= foldText(data.actors[actor].name));
  events.statusWords = (place) => [
    STATUSES[columns.status[place]],
    data.strings.statuses[STATUSES[columns.status[place]]],
  ];
  events.searchText = (place) => (events.folded[place] ??= foldText(searchableText(data, place)));
  return events;
}

function boundsAt(columns, place) {
  return [
    columns.startEarliest[place],
    columns.startLatest[place],
    columns.endEarliest[place],
    columns.endLatest[place],
  ];
}

// The bounds with the open ones replaced.
function known(columns, place, open) {
  return boundsAt(columns, place).map((day) => day ?? open);
}

function searchableText(data, place) {
  const { label, date, actors, place: places, quotations, reportedBy } = data.columns;
  const names = [...actors[place], places[place]].map((actor) => data.actors[actor]?.name ?? "");
  const quotes = quotations[place].map(([source, text]) => `${text} ${data.sources[source].label}`);
  return [label[place], date[place], reportedBy[place] ?? "", ...names, ...quotes].join("\n");
}

const LONGEST_SPEAKER = 28; // characters of a name that a label in the picture has room for

// The words that keep an event from being read as fact, for the picture: "geplant", "laut Putin", "berichtet".
function hedgeOf(data, events, place) {
  const words = [];
  if (events.status[place]) words.push(data.strings.statuses[events.statusName(place)]);
  if (events.isReported(place)) {
    const by = events.reportedBy[place];
    const isShort = by && by.length <= LONGEST_SPEAKER;
    words.push(isShort ? data.strings.reported.by.replace("{by}", () => by) : data.strings.reported.short);
  }
  const label = events.label[place].toLowerCase();
  return words.filter((word) => !label.includes(word.toLowerCase())).join(", ");
}

// One event as the downloads have it.
function rowOf(data, events, place) {
  return {
    id: events.id[place],
    date: events.plainDate[place] ?? events.date[place],
    label: events.label[place],
    actors: events.actors[place].map((actor) => data.actors[actor].name),
    place: data.actors[events.place[place]]?.name ?? "",
    kind: events.kindNames[events.kind[place]],
    status: events.statusName(place),
    isReported: events.isReported(place),
    reportedBy: events.reportedBy[place] ?? "",
    sources: [...new Set(events.quotations[place].map(([source]) => data.sources[source].label))],
    earliest: isoDay(events.startEarliest[place]),
    latest: isoDay(events.endLatest[place]),
    edtf: events.edtf[place],
  };
}

function digits(strings, count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, strings.thousands_separator);
}

function fill(form, values) {
  return form.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
