// The list, the table and the panel: what is shown of events as text. All text is set as text, never as HTML.

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === "") continue;
    if (key === "class") made.className = value;
    else if (key === "text") made.textContent = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

function eventLink(model, place) {
  const { events } = model;
  return element("a", {
    class: "select",
    href: `#e=${encodeURIComponent(events.id[place])}`,
    "data-place": place,
    lang: events.language[place],
    text: events.label[place],
  });
}

// "geplant" only where the printed date does not say so already; as status_words in visualize/timeline_page.py.
function badges(model, place) {
  const { events, strings } = model;
  const words = [];
  const status = strings.statuses[events.statusName(place)];
  if (events.status[place] && !events.date[place].includes(status)) words.push(status);
  if (events.isReported(place)) {
    const by = events.reportedBy[place];
    words.push(by ? fill(strings.reported.by, { by }) : strings.reported.unknown);
  }
  return words.map((text) => element("span", { class: "badge", text }));
}

function sourceNumbers(model, place) {
  return [...new Set(model.events.quotations[place].map(([source]) => source + 1))];
}

function quotationFigure(model, [source, text, language]) {
  return element(
    "figure",
    {},
    text ? element("blockquote", { lang: language, text }) : null,
    element("figcaption", { text: model.data.sources[source].label }),
  );
}

// A list item as the template writes it, for events that are not in the page from the start.
function buildItem(model, place) {
  const { events, data, strings } = model;
  const label = element("p", { class: "label" }, eventLink(model, place));
  for (const number of sourceNumbers(model, place)) {
    label.append(" ", element("a", { class: "footnote", href: `#source-${number}`, text: `[${number}]` }));
  }
  const meta = element(
    "p",
    { class: "meta" },
    ...badges(model, place),
    ...events.actors[place].map((actor) => element("span", { class: "name", text: data.actors[actor].name })),
    data.actors[events.place[place]]
      ? element("span", { class: "place", text: data.actors[events.place[place]].name })
      : null,
    events.otherDates[place]
      ? element("span", {
          class: "other-dates",
          text: `${strings.other_dates}: ${events.otherDates[place].join("; ")}`,
        })
      : null,
  );
  const quotations = events.quotations[place];
  const evidence =
    quotations.length === 0
      ? null
      : element(
          "details",
          { class: "evidence" },
          element("summary", { text: `${strings.evidence} (${quotations.length})` }),
          ...quotations.map((quotation) => quotationFigure(model, quotation)),
        );
  return element(
    "li",
    { class: "event", id: `event-${events.id[place]}`, "data-place": place },
    element("div", { class: "when" }, element("span", { text: events.date[place] })),
    element("div", { class: "what" }, label, meta.childNodes.length ? meta : null, evidence),
  );
}

// The list of the page. Items that the page came with are shown and hidden; further ones are made on demand, a page of
// `PAGE` at a time.
const PAGE = 200;

class EventList {
  constructor(model) {
    this.model = model;
    this.frame = document.getElementById("years");
    this.more = document.getElementById("show-more");
    this.note = document.getElementById("list-note");
    this.items = new Map();
    for (const item of this.frame.querySelectorAll(".event")) this.items.set(Number(item.dataset.place), item);
    this.isComplete = this.items.size === model.events.count;
    this.isTable = false;
    this.limit = PAGE;
    this.more.addEventListener("click", () => {
      this.limit += PAGE;
      this.render();
    });
  }

  show(chosen) {
    this.chosen = chosen;
    this.limit = PAGE;
    this.render();
  }

  render() {
    if (this.isTable) this.renderTable();
    else if (this.isComplete) this.renderInPlace();
    else this.renderPaged();
  }

  renderInPlace() {
    this.restoreYears();
    const chosen = new Set(this.chosen);
    for (const [place, item] of this.items) item.hidden = !chosen.has(place);
    for (const year of this.frame.children) year.hidden = !year.querySelector(".event:not([hidden])");
    this.more.hidden = true;
  }

  renderPaged() {
    const years = [];
    let open = null;
    for (const place of this.chosen.slice(0, this.limit)) {
      const year = this.model.events.year[place];
      if (open === null || open.year !== year) {
        open = { year, list: element("ol", { class: "events" }) };
        const heading = year === null ? this.model.strings.undated : yearText(year, this.model.strings);
        years.push(element("section", { class: "year" }, element("h3", { text: heading }), open.list));
      }
      if (!this.items.has(place)) this.items.set(place, buildItem(this.model, place));
      const item = this.items.get(place);
      item.hidden = false;
      open.list.append(item);
    }
    this.frame.replaceChildren(...years);
    if (this.note) this.note.hidden = true;
    this.offerMore();
  }

  renderTable() {
    this.years ??= [...this.frame.children];
    const { events, strings, data } = this.model;
    const head = ["date", "event", "actors", "place", "status", "sources"].map((name) =>
      element("th", { scope: "col", text: strings[name] }),
    );
    const body = element(
      "tbody",
      {},
      ...this.chosen.slice(0, this.limit).map((place) =>
        element(
          "tr",
          {},
          element("td", { text: events.date[place] }),
          element("td", {}, eventLink(this.model, place)),
          element("td", { text: events.actors[place].map((actor) => data.actors[actor].name).join(", ") }),
          element("td", { text: data.actors[events.place[place]]?.name ?? "" }),
          element("td", {
            text: [
              strings.statuses[events.statusName(place)],
              ...(events.isReported(place) ? [hedgeOf(data, events, place).split(", ").at(-1)] : []),
            ].join(", "),
          }),
          element(
            "td",
            {},
            ...sourceNumbers(this.model, place).flatMap((number) => [
              element("a", { href: `#source-${number}`, text: `[${number}]` }),
              " ",
            ]),
          ),
        ),
      ),
    );
    const table = element("table", {}, element("thead", {}, element("tr", {}, ...head)), body);
    this.frame.replaceChildren(
      element("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": strings.list }, table),
    );
    this.offerMore();
  }

  restoreYears() {
    if (this.years) this.frame.replaceChildren(...this.years);
    this.years = null;
  }

  offerMore() {
    const left = this.chosen.length - this.limit;
    this.more.hidden = left <= 0;
    this.more.textContent = fill(this.model.strings.show_more, { n: digits(this.model.strings, Math.min(PAGE, left)) });
  }

  setTable(isTable) {
    this.isTable = isTable;
    if (!isTable && !this.isComplete) this.years = null;
    this.render();
  }

  mark(selected) {
    this.frame.querySelector(".event.selected")?.classList.remove("selected");
    if (selected !== null) this.items.get(selected)?.classList.add("selected");
  }
}

// The details panel of one event.
function fillPanel(model, place) {
  const { events, data, strings } = model;
  const facts = element("dl");
  const fact = (name, value) => {
    if (value) facts.append(element("dt", { text: name }), element("dd", { text: value }));
  };
  fact(strings.actors, events.actors[place].map((actor) => data.actors[actor].name).join(", "));
  fact(strings.place, data.actors[events.place[place]]?.name);
  fact(strings.kind, events.kindNames[events.kind[place]]);
  fact(strings.other_dates, events.otherDates[place]?.join("; "));
  fact(strings.status, events.status[place] ? strings.statuses[events.statusName(place)] : "");
  const links = linksOf(model, place).map(({ other, words, quote }) =>
    element(
      "li",
      {},
      `${words}: `,
      eventLink(model, other),
      ` (${events.date[other]}) `,
      quote ? element("q", { text: quote }) : null,
    ),
  );
  const isChecked = events.isChecked(place);
  replacePanel(
    events.label[place],
    events.language[place],
    element("p", { class: "when", text: events.date[place] }),
    ...badges(model, place),
    facts.childNodes.length ? facts : null,
    ...events.quotations[place].map((quotation) => quotationFigure(model, quotation)),
    links.length ? element("h4", { text: strings.links }) : null,
    links.length ? element("ul", { class: "cell-events" }, ...links) : null,
    element("p", { class: "hint", text: isChecked ? strings.checked : strings.not_checked }),
  );
}

// The links of an event, in words as seen from it.
function linksOf(model, place) {
  const { data, strings } = model;
  return data.links
    .filter(([source, target]) => source === place || target === place)
    .map(([source, target, kind, quote]) => {
      const isSource = source === place;
      return {
        other: isSource ? target : source,
        quote,
        words: (isSource ? strings.link_kinds : strings.link_kinds_reversed)[kind],
      };
    });
}

// Several events that cannot be told apart in the picture.
function fillPanelWithMany(model, places) {
  const { events, strings } = model;
  const items = places
    .slice(0, 200)
    .map((place) =>
      element("li", {}, element("span", { class: "when", text: events.date[place] }), eventLink(model, place)),
    );
  replacePanel(
    fill(strings.together, { n: digits(strings, places.length) }),
    "",
    element("ol", { class: "cell-events" }, ...items),
  );
}

function emptyPanel(model) {
  replacePanel(model.strings.details, "", element("p", { class: "hint", text: model.strings.details_hint }));
}

function replacePanel(title, language, ...content) {
  const heading = document.getElementById("panel-title");
  heading.textContent = title;
  if (language) heading.lang = language;
  else heading.removeAttribute("lang");
  document.getElementById("panel-body").replaceChildren(...content.filter((part) => part !== null));
}
