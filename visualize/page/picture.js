// The picture: lanes of events drawn with Plotly. Plotly holds the axes, draws and pans; what is drawn, where and with
// which label comes from layout.js, and pointing is found here, since Plotly knows nothing of marks inside one trace.

const FONT = 13;
const EDGE = 12; // pixels right of the picture

const AXIS = 44; // pixels for the axis
const PAPER_WIDTH = 690; // pixels between the margins of A4

const MOST_ROWS = 8;
const MOST_NUMBERS = 160;
const RIM = ["1px 1px", "-1px 1px", "1px -1px", "-1px -1px", "0 3px", "0 -3px", "0 2px", "0 -2px"]
  .map((at) => `${at} 1px c`)
  .join(", ");

// Plotly reads a little HTML in all its texts.
function plotlyText(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

// The form of a mark says what the words beside it say, so that it survives a copier: full is a fact, open is a plan or a
// possibility, a cross is what did not happen, a dot within is what somebody reports.
function symbolOf(status, isReported) {
  if (status === "cancelled" || status === "denied") return "x-thin-open";
  if (status === "planned" || status === "possible") return isReported ? "diamond-open-dot" : "diamond-open";
  return isReported ? "circle-open-dot" : "circle";
}

class Picture {
  constructor(model, handlers) {
    this.model = model;
    this.handlers = handlers; // select(place), open(places), viewed(range)
    this.plot = document.getElementById("plot");
    this.overview = new Overview(model, (range) => this.setRange(range));
    this.tooltip = document.getElementById("tooltip");
    this.canvas = document.createElement("canvas").getContext("2d");
    this.widths = new Map();
    this.range = null;
    this.selected = null;
    this.marks = [];
    this.cells = [];
    this.threads = [];
    this.isStoryline = false;
    this.isPrinting = false;
    this.listen();
  }

  // Which events are shown; keeps the view where it still shows any of them unless `fit` is set.
  show(chosen, fit) {
    this.chosen = chosen;
    this.isChosen = new Uint8Array(this.model.events.count);
    for (const place of chosen) this.isChosen[place] = 1;
    this.ranked = this.model.events.importance.filter(
      (place) => this.isChosen[place] && this.model.events.isDated(place),
    );
    this.extent = this.extentOf(this.ranked);
    const { middle } = this.model.events;
    this.home = mainRange(Float64Array.from(this.ranked, (place) => middle[place]).sort(), this.extent);
    this.overview.show(this.ranked, this.extent);
    if (fit || !this.range || !this.ranked.some((place) => this.isInside(place, this.range)))
      this.range = [...this.home];
    this.lanes = null;
    this.draw();
  }

  // Whether the reader has not moved the picture: paper and files then show all events.
  get isAtHome() {
    return this.range[0] === this.home[0] && this.range[1] === this.home[1];
  }

  extentOf(places) {
    const { events } = this.model;
    let first = Infinity,
      last = -Infinity;
    for (const place of places) {
      if (events.first[place] < first) first = events.first[place];
      if (events.last[place] > last) last = events.last[place];
    }
    return first > last ? fitRange(dayFromDate(2000, 1, 1), dayFromDate(2000, 12, 31)) : fitRange(first, last);
  }

  isInside(place, [from, to]) {
    const { events } = this.model;
    return events.first[place] <= to && events.last[place] + 1 >= from;
  }

  setRange(range, isQuiet = false) {
    this.range = this.clamp(range);
    this.draw();
    if (!isQuiet) this.handlers.viewed(this.range);
  }

  // Never further out than all events with some air, never below a day or so.
  clamp([from, to]) {
    const [first, last] = this.extent;
    const span = Math.min(Math.max(to - from, 2), (last - first) * 1.5);
    const middle = Math.min(Math.max((from + to) / 2, first), last);
    return [middle - span / 2, middle + span / 2];
  }

  // About a position from 0 (left) to 1: by default where the chosen event is, else the middle.
  zoom(factor, at = this.positionOfSelected() ?? 0.5) {
    const [from, to] = this.range;
    const fixed = from + (to - from) * at;
    this.setRange([fixed - (fixed - from) * factor, fixed + (to - fixed) * factor]);
  }

  setStoryline(isStoryline) {
    this.isStoryline = isStoryline;
    this.lanes = null;
    this.draw();
    this.handlers.viewed(this.range);
  }

  positionOfSelected() {
    const mark = this.selectedMark();
    const at = mark ? mark.item.shape.middle / this.width : -1;
    return at >= 0 && at <= 1 ? at : null;
  }

  fit() {
    this.setRange([...this.extent]);
  }

  select(place, isMoving = true) {
    this.selected = place;
    if (place !== null && isMoving && this.model.events.isDated(place) && this.isChosen[place])
      this.bringIntoView(place);
    this.draw();
  }

  // Moves, and zooms in where the event would stay hidden in a density cell.
  bringIntoView(place) {
    const { events } = this.model;
    const [first, last] = [events.first[place], events.last[place] + 1];
    const [from, to] = this.range;
    const span = Math.max(to - from, (last - first) * 1.2);
    if (first < from + span * 0.02 || last > to - span * 0.02) {
      const middle = (first + last) / 2;
      this.range = this.clamp([middle - span / 2, middle + span / 2]);
    }
    this.handlers.viewed(this.range);
  }

  measure(text) {
    let width = this.widths.get(text);
    if (width === undefined) {
      if (this.widths.size > 20000) this.widths.clear();
      this.canvas.font = `${FONT}px ${this.fontFamily}`;
      width = Math.ceil(this.canvas.measureText(text).width * 1.02) + 1;
      this.widths.set(text, width);
    }
    return width;
  }

  readStyle() {
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(`--${name}`).trim();
    this.colors = Object.fromEntries(
      [
        "card",
        "ink",
        "soft",
        "line",
        "band",
        "accent",
        "tint",
        "select",
        "select-tint",
        "cell",
        "thread0",
        "thread1",
        "thread2",
        "thread3",
        "thread4",
        "thread5",
      ].map((name) => [name, color(name)]),
    );
    this.fontFamily = getComputedStyle(document.body).fontFamily;
  }

  // Lanes, their heights and the width of their names: fixed for one filter and one width of the window.
  planLanes() {
    const { data, strings, events } = this.model;
    const used = new Set(this.ranked.map((place) => events.home[place]));
    const outer = this.isPrinting ? PAPER_WIDTH : this.plot.clientWidth;
    const nameRoom = outer < 560 ? 0 : Math.min(170, outer * 0.17);
    const scale = this.scaleFor(this.isPrinting ? this.range : this.home, Math.max(180, outer - nameRoom - EDGE));
    const lanes = data.lanes.map((actor, index) => ({ index, actor })).filter(({ index }) => used.has(index));
    const groups = this.groupByLane(
      scale,
      lanes.map(({ index }) => ({ index, rows: MOST_ROWS })),
    );
    const packed = lanes.map(({ index }) =>
      packRows(groups.get(index).items, LABELLED, MOST_ROWS, scale, (text) => this.measure(text)),
    );
    const room = nameRoom === 0 ? window.innerHeight : Math.min(window.innerHeight * 0.8, 800);
    const available = Math.floor(Math.max(360, room) / SIZES.row);
    const weights = lanes.map(({ index }) =>
      Math.sqrt(groups.get(index).items.length + groups.get(index).rest.length || 1),
    );
    const rows = shareRows(
      packed.map((result) => result.rows),
      available,
      weights,
    );
    for (const [place, lane] of lanes.entries()) {
      lane.rows = rows[place];
      lane.hasCells =
        packed[place].rest.length + groups.get(lane.index).rest.length > 0 || packed[place].rows > rows[place];
      lane.name =
        lane.actor < 0
          ? lanes.length === 1
            ? strings.all_events
            : strings.other_actors
          : data.actors[lane.actor].name;
      // Without room at the side the name stands above its lane.
      lane.head = nameRoom === 0 ? 18 : 0;
    }
    this.lanes = lanes;
    this.nameRoom = nameRoom;
    this.outer = outer;
    this.width = scale.width;
    this.stackLanes();
  }

  stackLanes() {
    let top = SIZES.lanePadding / 2;
    for (const lane of this.lanes) {
      lane.top = top;
      lane.height = lane.head + lane.rows * SIZES.row + (lane.hasCells ? SIZES.cellRow : 0) + SIZES.lanePadding;
      top += lane.height;
    }
    this.height = Math.max(top, 60);
  }

  scaleFor(range, width) {
    return { start: range[0], perDay: width / (range[1] - range[0]), width, margin: Math.round(width / 4) };
  }

  // For each lane its items in order of importance, as far as they can find a place, and the positions of the rest; only
  // what lies in the window or its margin. The chosen event comes first: it always has a mark of its own.
  groupByLane(scale, lanes) {
    const { events } = this.model;
    const days = scale.margin / scale.perDay;
    const from = scale.start - days,
      to = scale.start + scale.width / scale.perDay + days;
    const groups = new Map(
      lanes.map((lane) => [lane.index, { items: [], rest: [], most: mostMarks(lane.rows, scale) }]),
    );
    const put = (place) => {
      if (events.start[place] > to || events.end[place] < from) return;
      const group = groups.get(events.home[place]);
      if (group.items.length >= group.most) {
        group.rest.push(place);
        return;
      }
      const item = this.itemOf(place, scale, group.items.length);
      if (item.shape.right >= -scale.margin && item.shape.left <= scale.width + scale.margin) group.items.push(item);
    };
    const first =
      this.selected !== null && this.isChosen[this.selected] && events.isDated(this.selected) ? this.selected : -1;
    if (first >= 0) put(first);
    for (const place of this.ranked) if (place !== first) put(place);
    return groups;
  }

  itemOf(place, scale, rank) {
    const { events, data } = this.model;
    const shape = markShape(events.bounds(place), (events.flags[place] & Flag.approximate) !== 0, scale);
    return { place, shape, label: events.label[place], suffix: rank < LABELLED ? hedgeOf(data, events, place) : "" };
  }

  layOut() {
    this.scale = this.scaleFor(this.range, this.width);
    if (this.isStoryline) this.layOutStoryline();
    else this.layOutLanes();
  }

  layOutStoryline() {
    const { scale } = this;
    const { events } = this.model;
    const lanes = this.lanes.map((lane) => ({ index: lane.index, rows: 12 }));
    const position = new Map(this.lanes.map((lane, place) => [lane.index, place]));
    const groups = [...this.groupByLane(scale, lanes).values()];
    const items = groups.flatMap((group) => group.items);
    for (const item of items) {
      item.lanes = [events.home[item.place], ...(events.shared[item.place] ?? [])]
        .map((index) => position.get(index))
        .filter((lane) => lane !== undefined);
    }
    const rankOf = (this.rankOf ??= new Map([...events.importance].map((place, rank) => [place, rank])));
    items.sort(
      (one, other) =>
        (one.place === this.selected ? -1 : rankOf.get(one.place)) -
        (other.place === this.selected ? -1 : rankOf.get(other.place)),
    );
    const story = layStoryline(items, this.lanes.length, scale, (text) => this.measure(text));
    const rest = [...story.rest.map((item) => item.place), ...groups.flatMap((group) => group.rest)];
    this.lanes.forEach((lane, place) => {
      lane.height = STORY.rows * STORY.row;
      lane.top = place * lane.height;
    });
    this.marks = story.marks;
    this.threads = story.threads;
    this.height = story.height + (rest.length ? SIZES.cellRow + 4 : 0);
    this.cells = densityCells(rest, events.middle, scale).map((cell) => ({
      ...cell,
      rest,
      y: story.height + SIZES.cellRow / 2,
    }));
  }

  layOutLanes() {
    const { scale } = this;
    this.threads = [];
    const groups = this.groupByLane(scale, this.lanes);
    const packed = this.lanes.map((lane) => {
      const { items, rest } = groups.get(lane.index);
      const result = packLane(items, lane.rows, scale, (text) => this.measure(text));
      return { marks: result.marks, rest: [...result.rest.map((item) => item.place), ...rest] };
    });
    this.lanes.forEach((lane, place) => {
      lane.hasCells ||= packed[place].rest.length > 0;
    });
    this.stackLanes();
    this.marks = [];
    this.cells = [];
    this.lanes.forEach((lane, place) => {
      const top = lane.top + lane.head + SIZES.lanePadding / 2;
      for (const mark of packed[place].marks) {
        mark.y = top + (mark.row + 0.5) * SIZES.row;
        this.marks.push(mark);
      }
      const y = top + lane.rows * SIZES.row + SIZES.cellRow / 2;
      const { rest } = packed[place];
      for (const cell of densityCells(rest, this.model.events.middle, scale)) this.cells.push({ ...cell, rest, y });
    });
  }

  draw() {
    if (!this.chosen) return;
    const isEmpty = this.ranked.length === 0;
    document.getElementById("none-found").hidden = this.chosen.length > 0;
    this.plot.hidden = isEmpty;
    if (isEmpty) return;
    this.readStyle();
    if (!this.lanes) this.planLanes();
    this.layOut();
    Plotly.react(this.plot, this.traces(), this.plotLayout(), {
      displaylogo: false,
      showSendToCloud: false,
      plotlyServerURL: "",
      displayModeBar: false,
      scrollZoom: false,
      doubleClick: false,
      showTips: false,
      responsive: false,
      showAxisDragHandles: false,
      displayNotifier: false,
    });
    this.attach();
    this.overview.align(this.nameRoom, EDGE);
    this.overview.frame(this.range);
    this.hideTooltip();
  }

  plotLayout() {
    const { colors } = this;
    const ticks = axisTicks(this.scale, this.model.strings);
    const axis = { fixedrange: true, zeroline: false, showgrid: false, automargin: false, ticks: "" };
    const names = this.nameRoom > 0;
    const isTall = !this.isPrinting && this.height > window.innerHeight * 0.8; // the axis would be out of sight below
    this.head = isTall ? AXIS : 0;
    return {
      width: this.outer,
      height: this.height + AXIS,
      margin: { l: this.nameRoom, r: EDGE, t: isTall ? AXIS : 0, b: isTall ? 0 : AXIS, pad: 0 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: this.fontFamily, size: FONT, color: colors.ink },
      showlegend: false,
      hovermode: false,
      autosize: false,
      dragmode: matchMedia("(pointer: coarse)").matches ? false : "pan",
      xaxis: {
        ...axis,
        fixedrange: false,
        range: [...this.range],
        side: isTall ? "top" : "bottom",
        showgrid: true,
        gridcolor: colors.line,
        gridwidth: 1,
        tickmode: "array",
        tickvals: ticks.map((tick) => tick.day),
        tickangle: 0,
        ticktext: ticks.map((tick) => tick.lines.map(plotlyText).join("<br>")),
        tickfont: { color: colors.soft },
        ticks: "outside",
        ticklen: 5,
        tickcolor: colors.line,
      },
      yaxis: {
        ...axis,
        range: [this.height, 0],
        tickmode: "array",
        showticklabels: names,
        tickvals: this.lanes.map((lane) => lane.top + lane.height / 2),
        ticktext: this.lanes.map((lane) => plotlyText(this.shorten(lane.name, this.nameRoom - 14))),
        tickfont: { color: colors.ink, size: FONT },
        ticklabelstandoff: 6,
      },
    };
  }

  // The picture as a data address, with the title of the timeline above it.
  toImage(form) {
    if (this.isAtHome) this.setRange([...this.extent]);
    const layout = this.plotLayout();
    const head = 52;
    layout.margin.t += head;
    layout.margin.l += 16;
    layout.width += 32;
    layout.height += head + 12;
    layout.margin.r += 16;
    layout.margin.b += 12;
    layout.paper_bgcolor = this.colors.card;
    layout.title = {
      text: plotlyText(this.shorten(this.model.data.title, this.outer)),
      x: 0,
      xanchor: "left",
      xref: "container",
      y: 1,
      yanchor: "top",
      pad: { l: 20, t: 16 },
      font: { size: 22 },
    };
    return Plotly.toImage(
      { data: this.traces(), layout },
      { format: form, width: layout.width, height: layout.height, scale: 2 },
    );
  }

  shorten(text, room) {
    if (this.measure(text) <= room) return text;
    let cut = text;
    while (cut && this.measure(cut + "…") > room) cut = cut.slice(0, -1);
    return cut.trimEnd() + "…";
  }

  day(pixel) {
    return this.scale.start + pixel / this.scale.perDay;
  }

  traces() {
    const { colors } = this;
    const solid = new Outline(this),
      hollow = new Outline(this),
      dashed = new Outline(this);
    for (const mark of this.marks) this.outlineMark(mark, solid, hollow, dashed);
    return [
      ...(this.isStoryline ? this.threadTraces() : [this.bandTrace()]),
      ...this.cellTraces(),
      this.linkTrace(),
      this.sharedTrace(),
      this.selectionTrace(),
      dashed.trace({ fillcolor: "rgba(0,0,0,0)", line: { color: colors.accent, width: 1.5, dash: "4px,3px" } }),
      solid.trace({ fillcolor: colors.tint, line: { color: colors.accent, width: 1.5 } }),
      hollow.trace({ fillcolor: colors.card, line: { color: colors.accent, width: 1.5 } }),
      this.pointTrace(),
      this.labelTrace(),
      this.cellLabelTrace(),
      ...this.nameTraces(),
    ];
  }

  outlineMark(mark, solid, hollow, dashed) {
    const { shape, place } = mark.item;
    if (shape.kind === "point") return;
    const { events } = this.model;
    const half = 8;
    const isPlain = events.status[place] === 0 && !events.isReported(place);
    const isWhole = shape.coreLeft === shape.left && shape.coreRight === shape.right;
    if (!isWhole) dashed.add(shape.left, shape.right, mark.y, half, shape.opensLeft, shape.opensRight);
    if (shape.coreLeft !== null && shape.coreRight - shape.coreLeft > 2) {
      (isPlain ? solid : hollow).add(shape.coreLeft, shape.coreRight, mark.y, half, false, false);
    }
  }

  bandTrace() {
    const bands = new Outline(this, 0);
    const reach = this.scale.margin;
    this.lanes.forEach((lane, place) => {
      if (place % 2 === 0) bands.box(-reach, this.scale.width + reach, lane.top, lane.top + lane.height);
    });
    return bands.trace({ mode: "none", fillcolor: this.colors.band });
  }

  // Threads differ by colour and by dashes, and bear their names at the side.
  threadTraces() {
    return this.threads.map((points, place) => ({
      type: "scatter",
      mode: "lines",
      x: points.map(([x]) => this.day(x)),
      y: points.map(([, y]) => y),
      opacity: 0.55,
      line: {
        color: this.colors[`thread${place % 6}`],
        width: this.lanes[place].actor < 0 ? 0 : 3,
        dash: ["solid", "8px,3px", "2px,3px"][Math.floor(place / 6) % 3],
      },
    }));
  }

  // Four strengths are told apart; the number in the cell says the rest.
  cellTraces() {
    const most = Math.max(1, ...this.cells.map((cell) => cell.count));
    return [0.16, 0.3, 0.45, 0.62].map((opacity, level) => {
      const outline = new Outline(this, 0);
      for (const cell of this.cells) {
        if (Math.min(3, Math.floor(4 * Math.sqrt(cell.count / most) - 0.001)) !== level) continue;
        const inset = cell.count === 1 ? SIZES.cell / 2 - 3 : 0.5; // a single one is a small dot without a number
        const half = cell.count === 1 ? 3 : SIZES.cellRow / 2;
        outline.box(cell.left + inset, cell.right - inset, cell.y - half, cell.y + half);
      }
      return { ...outline.trace({ mode: "none", fillcolor: this.colors.cell }), opacity };
    });
  }

  // Numbers are dear to draw: where there are very many cells, the fullest bear them.
  cellLabelTrace() {
    const fits = ({ left, right, count }) =>
      count > 1 && right > 0 && left < this.width && this.measure(String(count)) <= right - left;
    const told = this.cells.filter(fits).sort((one, other) => other.count - one.count);
    told.length = Math.min(told.length, MOST_NUMBERS);
    return {
      type: "scatter",
      mode: "text",
      x: told.map((cell) => this.day((cell.left + cell.right) / 2)),
      y: told.map((cell) => cell.y),
      text: told.map((cell) => String(cell.count)),
      textposition: "middle center",
      textfont: { size: 10.5, color: this.colors.ink, family: this.fontFamily },
    };
  }

  // Days, and the signs of spans that are no plain facts.
  pointTrace() {
    const { events } = this.model;
    const isPlain = (place) => events.status[place] === 0 && !events.isReported(place);
    const points = this.marks.filter(({ item }) => item.shape.kind === "point" || !isPlain(item.place));
    return {
      type: "scatter",
      mode: "markers",
      y: points.map((mark) => mark.y),
      x: points.map(({ item: { shape } }) =>
        this.day(shape.kind === "point" ? shape.middle : this.signPosition(shape)),
      ),
      marker: {
        symbol: points.map(({ item }) => symbolOf(events.statusName(item.place), events.isReported(item.place))),
        size: points.map(({ item }) =>
          item.shape.kind !== "point" ? 7 : events.flags[item.place] & Flag.saying ? SIZES.point - 3 : SIZES.point,
        ),
        color: this.colors.accent,
        opacity: 1,
        line: { width: points.map(({ item }) => (item.shape.kind === "point" ? 2 : 1.5)), color: this.colors.accent },
      },
    };
  }

  // Left of the label inside a span, in its middle where it is small.
  signPosition(shape) {
    return shape.right - shape.left <= SIZES.minSpan + 4
      ? shape.middle
      : Math.min(shape.right - 8, Math.max(shape.left + 8, 8));
  }

  labelTrace() {
    const labelled = this.marks.filter((mark) => mark.text);
    return {
      type: "scatter",
      mode: "text",
      x: labelled.map((mark) => this.day(mark.textLeft)),
      y: labelled.map((mark) => mark.y),
      text: labelled.map((mark) => plotlyText(mark.text)),
      textposition: "middle right",
      // Threads run behind the labels: a rim in the colour of the ground keeps them readable.
      textfont: {
        size: FONT,
        family: this.fontFamily,
        shadow: this.isStoryline ? RIM.replaceAll(" c", " " + this.colors.card) : "none",
        color: labelled.map(({ item }) => (item.place === this.selected ? this.colors.select : this.colors.ink)),
      },
    };
  }

  // Where the chosen event has its place in other lanes.
  sharedTrace() {
    const mark = this.selectedMark();
    const x = [],
      y = [];
    if (mark && !this.isStoryline) {
      const lanes = (this.model.events.shared[this.selected] ?? [])
        .map((index) => this.lanes.find((lane) => lane.index === index))
        .filter(Boolean);
      const at = this.day(mark.item.shape.middle);
      for (const lane of lanes) {
        const middle = lane.top + lane.height / 2;
        x.push(at, at, null);
        y.push(mark.y, middle, null);
      }
    }
    return {
      type: "scatter",
      mode: "lines+markers",
      x,
      y,
      line: { color: this.colors.select, width: 1.5 },
      marker: { symbol: "circle", size: 7, color: this.colors.select },
    };
  }

  selectedMark() {
    return this.selected === null ? undefined : this.marks.find((mark) => mark.item.place === this.selected);
  }

  selectionTrace() {
    const outline = new Outline(this, 9);
    const mark = this.selectedMark();
    if (mark) outline.box(mark.item.shape.left - 4, mark.item.shape.right + 4, mark.y - 11, mark.y + 11);
    return outline.trace({ fillcolor: this.colors["select-tint"], line: { color: this.colors.select, width: 2 } });
  }

  // Arcs from the chosen event to those it is linked with.
  linkTrace() {
    const x = [],
      y = [];
    const from = this.selectedMark();
    for (const { other } of from ? linksOf(this.model, this.selected) : []) {
      const to = this.marks.find((mark) => mark.item.place === other);
      if (!to) continue;
      const [left, right] = [from.item.shape.middle, to.item.shape.middle];
      const rise = Math.min(60, 12 + Math.abs(right - left) * 0.18);
      for (let step = 0; step <= 24; step++) {
        const t = step / 24;
        x.push(this.day(left + (right - left) * t));
        y.push(from.y + (to.y - from.y) * t - 4 * rise * t * (1 - t));
      }
      x.push(null);
      y.push(null);
    }
    return { type: "scatter", mode: "lines", x, y, line: { color: this.colors.select, width: 1.5, dash: "1px,3px" } };
  }

  // Names above the lanes on narrow screens.
  nameTraces() {
    if (this.nameRoom > 0) return [];
    return [
      {
        type: "scatter",
        mode: "text",
        x: this.lanes.map(() => this.day(2)),
        y: this.lanes.map((lane) => lane.top + 12),
        text: this.lanes.map((lane) => plotlyText(this.shorten(lane.name, this.width - 20))),
        textposition: "middle right",
        textfont: { size: FONT, family: this.fontFamily, color: this.colors.soft, weight: 600 },
      },
    ];
  }

  // Pointing -------------------------------------------------------------------------------------------------------

  listen() {
    const { plot } = this;
    let isListening = false;
    const attach = () => {
      if (isListening) return;
      isListening = true;
      plot.on("plotly_relayout", (change) => {
        if ("xaxis.range[0]" in change) this.setRange([change["xaxis.range[0]"], change["xaxis.range[1]"]]);
      });
    };
    this.attach = attach;
    plot.addEventListener("mousemove", (event) => this.point(event));
    plot.addEventListener("mouseleave", () => this.hideTooltip());
    plot.addEventListener("click", (event) => this.click(event));
    plot.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    plot.addEventListener("dblclick", (event) => this.zoom(0.4, this.positionOf(event).x / this.width));
    new ResizeObserver(() => {
      if (this.isPrinting || !this.lanes || this.plot.clientWidth === this.outer || this.plot.clientWidth === 0) return;
      this.lanes = null;
      this.draw();
    }).observe(plot);
  }

  positionOf(event) {
    const box = this.plot.getBoundingClientRect();
    return { x: event.clientX - box.left - this.nameRoom, y: event.clientY - box.top - this.head };
  }

  // The mark or cell under the pointer.
  find(event) {
    const { x, y } = this.positionOf(event);
    const mark = this.marks.find(
      ({ item, y: middle, text, textLeft, textRight }) =>
        Math.abs(y - middle) <= SIZES.row / 2 &&
        ((x >= item.shape.left - 3 && x <= item.shape.right + 3) || (text && x >= textLeft - 2 && x <= textRight + 2)),
    );
    if (mark) return { mark };
    const cell = this.cells.find(
      (each) => Math.abs(y - each.y) <= SIZES.cellRow / 2 && x >= each.left && x < each.right,
    );
    return cell ? { cell } : {};
  }

  point(event) {
    if (!this.scale || event.buttons) return this.hideTooltip();
    const { mark, cell } = this.find(event);
    this.plot.classList.toggle("over-mark", Boolean(mark || cell));
    if (!mark && !cell) return this.hideTooltip();
    this.tooltip.replaceChildren(...(mark ? this.describeMark(mark.item.place) : this.describeCell(cell)));
    this.tooltip.hidden = false;
    const box = this.tooltip.getBoundingClientRect();
    const left =
      event.clientX + 14 + box.width > window.innerWidth ? event.clientX - 14 - box.width : event.clientX + 14;
    const top =
      event.clientY + 18 + box.height > window.innerHeight ? event.clientY - 12 - box.height : event.clientY + 18;
    this.tooltip.style.left = `${Math.max(4, left)}px`;
    this.tooltip.style.top = `${Math.max(4, top)}px`;
  }

  describeMark(place) {
    const { events, data } = this.model;
    const [first] = events.quotations[place];
    return [
      element("p", { class: "when", text: events.date[place] }),
      element("p", { class: "label", lang: events.language[place], text: events.label[place] }),
      ...badges(this.model, place),
      first?.[1] ? element("p", { class: "quote", lang: first[2], text: first[1] }) : null,
      first ? element("p", { class: "when", text: data.sources[first[0]].label }) : null,
    ].filter((part) => part !== null);
  }

  describeCell(cell) {
    const { events, strings } = this.model;
    const places = placesInCell(cell, cell.rest, events.middle); // in order of importance
    const inTime = [...places].sort((one, other) => one - other);
    const [first, last] = [events.date[inTime[0]], events.date[inTime.at(-1)]];
    const span = first === last ? first : `${first} – ${last}`;
    return [
      element("p", { class: "label", text: fill(strings.cell, { n: digits(strings, places.length), span }) }),
      ...places.slice(0, 3).map((place) => element("p", { text: events.label[place] })),
      element("p", { class: "when", text: strings.cell_hint }),
    ];
  }

  hideTooltip() {
    this.tooltip.hidden = true;
  }

  click(event) {
    if (!this.scale) return;
    const { mark, cell } = this.find(event);
    if (mark) this.handlers.select(mark.item.place);
    else if (cell) this.openCell(cell);
  }

  // Zooms in until events come apart; those of one day never do and are listed.
  openCell(cell) {
    const span = this.range[1] - this.range[0];
    const places = placesInCell(cell, cell.rest, this.model.events.middle).sort((one, other) => one - other);
    if (span <= 21 || places.length <= 3) this.handlers.open(places);
    else this.setRange([this.day(cell.left) - span * 0.06, this.day(cell.right) + span * 0.06]);
  }

  // The wheel belongs to the page; with Ctrl (and pinching on a touchpad) it zooms, sideways it moves.
  wheel(event) {
    if (!this.scale) return;
    const isZoom = event.ctrlKey || event.metaKey;
    if (!isZoom && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
    event.preventDefault();
    this.pendingWheel = (this.pendingWheel ?? 0) + (isZoom ? event.deltaY : event.deltaX);
    const at = this.positionOf(event).x / this.width;
    if (this.isWheeling) return;
    this.isWheeling = true;
    requestAnimationFrame(() => {
      this.isWheeling = false;
      const amount = this.pendingWheel;
      this.pendingWheel = 0;
      if (isZoom) return this.zoom(Math.exp(Math.max(-1, Math.min(1, amount * 0.004))), at);
      const days = amount / this.scale.perDay;
      this.setRange([this.range[0] + days, this.range[1] + days]);
    });
  }

  // Printing ---------------------------------------------------------------------------------------------------------

  print(isPrinting) {
    if (this.isPrinting === isPrinting) return;
    this.isPrinting = isPrinting;
    document.documentElement.classList.toggle("printing", isPrinting);
    if (isPrinting) {
      this.rangeBefore = this.range;
      if (this.isAtHome) this.range = [...this.extent];
    } else this.range = this.rangeBefore;
    this.lanes = null;
    this.draw();
  }
}

// Outlines of many marks as one trace: polygons with a gap between them.
class Outline {
  constructor(picture, corner = 4) {
    this.picture = picture;
    this.corner = corner;
    this.x = [];
    this.y = [];
  }

  add(left, right, middle, half, opensLeft, opensRight) {
    if (!opensLeft && !opensRight) return this.box(left, right, middle - half, middle + half);
    const tip = Math.min(10, (right - left) / 2);
    const points = opensLeft
      ? [
          [left + tip, middle + half],
          [left, middle],
          [left + tip, middle - half],
        ]
      : [
          [left, middle + half],
          [left, middle - half],
        ];
    points.push(
      ...(opensRight
        ? [
            [right - tip, middle - half],
            [right, middle],
            [right - tip, middle + half],
          ]
        : [
            [right, middle - half],
            [right, middle + half],
          ]),
    );
    this.polygon(points);
  }

  box(left, right, top, bottom) {
    const cut = Math.min(this.corner, (right - left) / 2, (bottom - top) / 2);
    if (cut <= 0)
      return this.polygon([
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ]);
    const points = [];
    for (const [x, y, from] of [
      [right - cut, top + cut, -90],
      [right - cut, bottom - cut, 0],
      [left + cut, bottom - cut, 90],
      [left + cut, top + cut, 180],
    ]) {
      for (const turn of [0, 30, 60, 90]) {
        const angle = ((from + turn) * Math.PI) / 180;
        points.push([x + cut * Math.cos(angle), y + cut * Math.sin(angle)]);
      }
    }
    this.polygon(points);
  }

  polygon(points) {
    for (const [x, y] of [...points, points[0]]) {
      this.x.push(this.picture.day(x));
      this.y.push(y);
    }
    this.x.push(null);
    this.y.push(null);
  }

  trace(style) {
    return { type: "scatter", mode: "lines", fill: "toself", x: this.x, y: this.y, ...style };
  }
}

// The strip above the picture: how many events over the whole time, and which part is shown.
class Overview {
  constructor(model, move) {
    this.model = model;
    this.move = move;
    this.frameElement = null;
    this.host = document.getElementById("overview");
    const follow = (event) => {
      if (!(event.buttons & 1) || !this.extent) return;
      const box = this.host.getBoundingClientRect();
      const at = this.extent[0] + ((event.clientX - box.left) / box.width) * (this.extent[1] - this.extent[0]);
      const half = (this.range[1] - this.range[0]) / 2;
      this.move([at - half, at + half]);
    };
    this.host.addEventListener("pointerdown", (event) => {
      this.host.setPointerCapture(event.pointerId);
      follow(event);
    });
    this.host.addEventListener("pointermove", follow);
  }

  // As wide as the picture below it.
  align(left, right) {
    this.host.style.marginLeft = `${left}px`;
    this.host.style.marginRight = `${right}px`;
  }

  show(places, extent) {
    this.extent = extent;
    const { events } = this.model;
    const count = 160;
    const bins = histogram(events.first, events.last, places, extent[0], extent[1], count);
    const most = Math.max(1, ...bins);
    const path = [...bins]
      .map((bin, at) => `M${at + 0.1} 40V${(40 - 36 * Math.sqrt(bin / most)).toFixed(2)}H${at + 0.9}V40Z`)
      .filter((piece, at) => bins[at] > 0)
      .join("");
    const make = (name, attributes) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      return made;
    };
    const svg = make("svg", { viewBox: `0 0 ${count} 42`, preserveAspectRatio: "none" });
    this.frameElement = make("rect", {
      y: 0.5,
      height: 41,
      fill: "var(--select-tint)",
      "fill-opacity": 0.55,
      stroke: "var(--select)",
      "stroke-width": 1.5,
      "vector-effect": "non-scaling-stroke",
      rx: 0.4,
    });
    svg.append(
      this.frameElement,
      make("path", { d: path, fill: "var(--accent)", "fill-opacity": 0.75 }),
      make("path", {
        d: `M0 40H${count}`,
        stroke: "var(--line)",
        "stroke-width": 1,
        "vector-effect": "non-scaling-stroke",
      }),
    );
    this.host.replaceChildren(svg);
    this.count = count;
  }

  frame(range) {
    this.range = range;
    if (!this.frameElement) return;
    const perDay = this.count / (this.extent[1] - this.extent[0]);
    const left = Math.max(0, (range[0] - this.extent[0]) * perDay);
    const right = Math.min(this.count, (range[1] - this.extent[0]) * perDay);
    const isAll = left <= 0.5 && right >= this.count - 0.5;
    this.frameElement.setAttribute("x", left);
    this.frameElement.setAttribute("width", Math.max(0.5, right - left));
    this.frameElement.setAttribute("visibility", isAll ? "hidden" : "visible");
  }
}
