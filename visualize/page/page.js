// The page: what is filtered, chosen and in view, and who has to know when it changes.

const NO_FILTER = { q: "", actor: "", place: "", kind: "", status: "", checked: "", from: "", to: "" };

class Page {
  constructor(data) {
    this.model = { data, strings: data.strings, events: readEvents(data) };
    this.form = document.getElementById("filter-form");
    this.announcer = document.getElementById("announcement");
    this.selected = null;
    this.fillSelects();
    this.list = new EventList(this.model);
    this.picture = new Picture(this.model, {
      select: (place) => this.select(place, { from: "picture" }),
      open: (places) => this.openMany(places),
      viewed: (range) => this.viewed(range),
    });
    this.presentation = new Presentation(this.model, () => this.chosen);
    this.readFragment();
    this.listen();
  }

  // Filter -----------------------------------------------------------------------------------------------------------

  fillSelects() {
    const { data, events, strings } = this.model;
    const take = (name, entries) => {
      const select = this.form.elements[name];
      select.replaceChildren(element("option", { text: strings.any }), ...entries);
      select.options[0].value = "";
      select.closest(".field").hidden = entries.length < 2;
    };
    const option = (value, text, count) =>
      element("option", {
        value: String(value),
        text: count === undefined ? text : `${text} (${digits(strings, count)})`,
      });
    const actorCounts = countValues(events.actors.flat());
    const groups = Object.entries(strings.actor_kinds)
      .map(([kind, heading]) => {
        const members = [...actorCounts]
          .filter(([actor]) => data.actors[actor].kind === kind)
          .sort((one, other) => other[1] - one[1]);
        return members.length
          ? element(
              "optgroup",
              { label: heading },
              ...members.map(([actor, count]) => option(data.actors[actor].id, data.actors[actor].name, count)),
            )
          : null;
      })
      .filter(Boolean);
    take("actor", groups);
    this.form.elements.actor.closest(".field").hidden = actorCounts.size < 2;
    const byCount = (values, name, value) =>
      [...countValues(values)]
        .filter(([key]) => key >= 0 && name(key))
        .sort((one, other) => other[1] - one[1])
        .map(([key, count]) => option(value(key), name(key), count));
    take(
      "place",
      byCount(
        events.place,
        (key) => data.actors[key]?.name,
        (key) => data.actors[key].id,
      ),
    );
    take(
      "kind",
      byCount(
        events.kind,
        (key) => events.kindNames[key],
        (key) => events.kinds[key],
      ),
    );
    take(
      "status",
      byCount(
        events.status,
        (key) => strings.statuses[STATUSES[key]],
        (key) => STATUSES[key],
      ),
    );
    const checks = countValues(Array.from({ length: events.count }, (_, place) => (events.isChecked(place) ? 1 : 0)));
    take(
      "checked",
      [...checks]
        .sort()
        .reverse()
        .map(([key, count]) => option(key, key ? strings.checked : strings.not_checked, count)),
    );
  }

  readForm() {
    const values = { ...NO_FILTER };
    for (const name of Object.keys(values)) values[name] = this.form.elements[name].value;
    return values;
  }

  toFilter(values) {
    const { data, events } = this.model;
    const actorAt = (id) => (id === "" ? null : data.actors.findIndex((actor) => actor.id === id));
    return {
      terms: parseQuery(values.q),
      actor: actorAt(values.actor),
      place: actorAt(values.place),
      kind: values.kind === "" ? null : events.kinds.indexOf(values.kind),
      status: values.status === "" ? null : STATUSES.indexOf(values.status),
      checked: values.checked === "" ? null : values.checked === "1",
      from: this.readBound("from", 0),
      to: this.readBound("to", 1),
    };
  }

  readBound(name, end) {
    const input = this.form.elements[name];
    const period = readPeriod(input.value);
    input.setAttribute("aria-invalid", String(period === undefined));
    if (period === undefined) this.announce(fill(this.model.strings.bad_range, { text: input.value }));
    return period ? period[end] : null;
  }

  applyFilter({ fit = true } = {}) {
    this.values = this.readForm();
    this.chosen = filterEvents(this.model.events, this.toFilter(this.values));
    const { strings, events } = this.model;
    const text = fill(strings.shown_count, {
      shown: digits(strings, this.chosen.length),
      n: digits(strings, events.count),
    });
    document.getElementById("shown-count").textContent = text;
    this.announce(text);
    this.list.show(this.chosen);
    this.list.mark(this.selected);
    this.picture.show(this.chosen, fit);
    this.writeFragment();
  }

  // Choice -----------------------------------------------------------------------------------------------------------

  select(place, { from = "" } = {}) {
    this.selected = place;
    if (place === null) emptyPanel(this.model);
    else fillPanel(this.model, place);
    this.list.mark(place);
    this.picture.select(place, from !== "picture");
    if (place !== null) this.announcePosition(place);
    if (from === "list") document.getElementById("picture").scrollIntoView({ block: "start" });
    if (from === "picture" && !matchMedia("(min-width: 75rem)").matches)
      document.getElementById("panel").scrollIntoView({ block: "nearest" });
    this.writeFragment();
  }

  announcePosition(place) {
    const { strings, events } = this.model;
    const form = events.isDated(place) ? strings.position : strings.position_undated;
    const at = this.chosen.indexOf(place);
    this.announce(
      fill(form, {
        i: digits(strings, at + 1),
        n: digits(strings, this.chosen.length),
        date: events.date[place],
        label: events.label[place],
      }),
    );
  }

  openMany(places) {
    if (places.length === 1) return this.select(places[0], { from: "picture" });
    fillPanelWithMany(this.model, places);
    document.getElementById("panel").focus({ preventScroll: true });
    this.announce(fill(this.model.strings.together, { n: digits(this.model.strings, places.length) }));
  }

  step(by) {
    if (this.chosen.length === 0) return;
    const at = this.selected === null ? -1 : this.chosen.indexOf(this.selected);
    const to = at < 0 ? (by > 0 ? 0 : this.chosen.length - 1) : Math.min(this.chosen.length - 1, Math.max(0, at + by));
    this.select(this.chosen[to], { from: "keys" });
  }

  announce(text) {
    this.announcer.textContent = text;
  }

  viewed(range) {
    clearTimeout(this.viewTimer);
    this.viewTimer = setTimeout(() => this.writeFragment(), 250);
  }

  // Fragment ---------------------------------------------------------------------------------------------------------

  // "#e=k7&q=Gipfel&actor=a3&x=736000,737000": only what differs from the page as it opens.
  writeFragment() {
    if (!this.values) return;
    const parts = new URLSearchParams();
    if (this.selected !== null) parts.set("e", this.model.events.id[this.selected]);
    for (const [name, value] of Object.entries(this.values)) if (value) parts.set(name, value);
    const { range, isAtHome } = this.picture;
    const view = this.picture.isStoryline ? "storyline" : "lanes";
    if (view !== this.model.data.view) parts.set("view", view);
    if (range && !isAtHome) parts.set("x", range.map((day) => day.toFixed(1)).join(","));
    const fragment = parts.size ? `#${parts}` : "#";
    if (fragment !== location.hash && (location.hash || fragment !== "#")) history.replaceState(null, "", fragment);
  }

  readFragment() {
    const parts = new URLSearchParams(location.hash.slice(1));
    const isState = [...parts.keys()].some(
      (name) => name === "e" || name === "x" || name === "view" || name in NO_FILTER,
    );
    if (!isState && this.values) return; // a link within the page
    for (const name of Object.keys(NO_FILTER)) {
      const input = this.form.elements[name],
        value = parts.get(name) ?? "";
      input.value = value;
      if (input.value !== value) input.value = ""; // an actor that this page does not know
    }
    const isStoryline = (parts.get("view") ?? this.model.data.view) === "storyline";
    if (isStoryline !== this.picture.isStoryline) this.setStoryline(isStoryline);
    this.form.querySelector(".more").open ||= ["place", "kind", "status", "checked", "from", "to"].some((name) =>
      parts.get(name),
    );
    this.applyFilter();
    const range = (parts.get("x") ?? "").split(",").map(Number);
    if (range.length === 2 && range.every(Number.isFinite) && range[0] < range[1]) this.picture.setRange(range, true);
    const chosen = this.model.events.byId.get(parts.get("e"));
    if (chosen !== undefined) this.select(chosen, { from: "fragment" });
  }

  // Events -----------------------------------------------------------------------------------------------------------

  listen() {
    let typing;
    this.form.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(() => this.applyFilter(), 150);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(typing);
      this.applyFilter();
    });
    this.form.addEventListener("reset", () => setTimeout(() => this.applyFilter()));
    document.addEventListener("click", (event) => this.click(event));
    document.addEventListener("keydown", (event) => this.press(event));
    window.addEventListener("hashchange", () => this.readFragment());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.picture.draw());
    window.addEventListener("beforeprint", () => this.picture.print(true));
    window.addEventListener("afterprint", () => this.picture.print(false));
  }

  click(event) {
    const link = event.target.closest("a.select");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      return this.select(Number(link.dataset.place), { from: link.closest("#panel") ? "panel" : "list" });
    }
    const name = event.target.closest("button[data-do]")?.dataset.do;
    if (name) this.perform(name);
  }

  perform(name) {
    const act = {
      previous: () => this.step(-1),
      next: () => this.step(1),
      "zoom-in": () => this.picture.zoom(0.5),
      "zoom-out": () => this.picture.zoom(2),
      fit: () => this.picture.fit(),
      help: () => document.getElementById("help").showModal(),
      present: () => this.presentation.start(),
      lanes: () => this.setStoryline(false),
      storyline: () => this.setStoryline(true),
      "list-view": () => this.setTable(false),
      "table-view": () => this.setTable(true),
      image: () => this.picture.toImage("png").then((address) => saveFile("zeitstrahl.png", address)),
      csv: () => this.download("csv", "text/csv"),
      json: () => this.download("json", "application/json"),
      ics: () => this.download("ics", "text/calendar"),
    }[name];
    act();
  }

  setStoryline(isStoryline) {
    this.picture.setStoryline(isStoryline);
    for (const name of ["lanes", "storyline"])
      document
        .querySelector(`[data-do=${name}]`)
        .setAttribute("aria-pressed", String((name === "storyline") === isStoryline));
  }

  // Leaves the picture in the document, where whoever drives the browser finds it (visualize/capture.py).
  async export(form) {
    const address = await this.picture.toImage(form);
    document.body.append(element("output", { id: "export", text: address }));
    document.getElementById("export").hidden = true;
  }

  buildItem(place) {
    return buildItem(this.model, place);
  }

  setTable(isTable) {
    this.list.setTable(isTable);
    for (const button of document.querySelectorAll("[data-do$='-view']"))
      button.setAttribute("aria-pressed", String((button.dataset.do === "table-view") === isTable));
  }

  press(event) {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      this.presentation.isOpen ||
      document.querySelector("dialog[open]")
    )
      return;
    const isTyping = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && !isTyping) return this.select(null);
    if (isTyping) return;
    const isInPicture = event.target.closest("#plot") !== null || event.target === document.body;
    const anywhere = {
      p: "present",
      P: "present",
      "?": "help",
      "+": "zoom-in",
      "=": "zoom-in",
      "-": "zoom-out",
      "−": "zoom-out",
      0: "fit",
    }[event.key];
    if (anywhere) {
      event.preventDefault();
      return this.perform(anywhere);
    }
    if (event.key === "/") {
      event.preventDefault();
      return this.form.elements.q.focus();
    }
    if (!isInPicture) return;
    const move = {
      ArrowLeft: () => this.step(-1),
      ArrowRight: () => this.step(1),
      Home: () => this.step(-Infinity),
      End: () => this.step(Infinity),
      Enter: () => this.selected !== null && document.getElementById("panel").focus(),
    }[event.key];
    if (!move || (event.key !== "ArrowLeft" && event.key !== "ArrowRight" && event.target === document.body)) return;
    event.preventDefault();
    move();
  }

  download(kind, type) {
    const { data, strings, events } = this.model;
    const rows = this.chosen.map((place) => rowOf(data, events, place));
    const text =
      kind === "csv"
        ? writeCsv(rows, strings)
        : kind === "json"
          ? writeJson(this.chosen.map((place, at) => events.record[place] ?? rows[at]))
          : writeCalendar(rows, data.title);
    const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    saveFile(`zeitstrahl.${kind}`, address);
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
}

function saveFile(name, address) {
  const link = element("a", { download: name, href: address });
  document.body.append(link);
  link.click();
  link.remove();
}

function countValues(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

readPageData(document.getElementById("page-data")).then(async (data) => {
  document.documentElement.classList.add("scripted");
  const form = new URLSearchParams(location.hash.slice(1)).get("export"); // the page itself rewrites the fragment
  window.zeitstrahl = new Page(data); // for whoever opens the console; nothing on the page reads it
  if (form === "png" || form === "svg") await window.zeitstrahl.export(form);
  document.documentElement.dataset.ready = "yes";
});
