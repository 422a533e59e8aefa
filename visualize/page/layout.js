// What depends on the zoom, as plain functions: ticks, the shape of each mark, rows within a lane, labels, density.
// Positions across are pixels from the left edge of the picture, `scale` maps days to them:
//   { start: day at the left edge, perDay: pixels per day, width: pixels, margin: pixels laid out beyond both edges }
// Nothing here touches the document or Plotly.

const SIZES = {
  point: 12, // mark of a single day
  minSpan: 16, // a span is never narrower, or a week would vanish in a century
  openEnd: 40, // length of the arrow that stands for an open end
  gap: 7, // between a mark and its label
  space: 5, // between neighbours in a row
  row: 24,
  cellRow: 14,
  lanePadding: 10,
  shortest: 90, // a label shorter than this says too little
  longest: 480,
  cell: 22, // width of a density cell
};
const LABEL_REACH = SIZES.longest + SIZES.gap + SIZES.space;
const LABELLED = 300; // most salient events of a lane that may get a label: the others would not find room anyway

function toPixel(day, scale) {
  return (day - scale.start) * scale.perDay;
}

// Ticks ------------------------------------------------------------------------------------------------------------

// Marks of the axis: { day, text, isMajor }, far enough apart to be read. Text has a second line ("2019") where the
// larger unit begins, and at the first tick.
function axisTicks(scale, words, apart = 58) {
  const first = scale.start,
    last = scale.start + scale.width / scale.perDay;
  const days = apart / scale.perDay;
  if (days <= 1) return dayTicks(first, last, 1, words);
  if (days <= 2) return dayTicks(first, last, 2, words);
  if (days <= 5) return dayTicks(first, last, 5, words);
  if (days <= 10) return dayTicks(first, last, 10, words);
  for (const step of [1, 3, 6]) if (days <= step * 30) return monthTicks(first, last, step, words);
  let step = 1;
  for (let scaleUp = 1; ; scaleUp *= 10) {
    const found = [1, 2, 5].find((factor) => days <= factor * scaleUp * 365);
    if (found) {
      step = found * scaleUp;
      break;
    }
  }
  return yearTicks(first, last, step, words);
}

function dayTicks(first, last, step, words) {
  const ticks = [];
  for (let day = Math.ceil(first); day <= last; day++) {
    const [year, month, dayOfMonth] = dateFromDay(day);
    // Counting by fives or tens begins anew each month, and leaves out days too close to the next 1st.
    const fits =
      step === 1 ||
      dayOfMonth === 1 ||
      (step === 2 ? dayOfMonth % 2 === 1 && dayOfMonth < 31 : dayOfMonth % step === 1 && dayOfMonth + step <= 32);
    if (!fits) continue;
    const isMajor = dayOfMonth === 1 || ticks.length === 0;
    const text = words.day_format.replace("{d}", dayOfMonth);
    ticks.push({
      day,
      isMajor,
      lines: isMajor ? [text, `${words.months_short[month - 1]} ${yearText(year, words)}`] : [text],
    });
  }
  return ticks;
}

function monthTicks(first, last, step, words) {
  const ticks = [];
  let [year, month] = dateFromDay(first);
  month = Math.ceil((month - 1) / step) * step + 1;
  for (; ; month += step) {
    while (month > 12) {
      month -= 12;
      year += 1;
    }
    const day = dayFromDate(year, month, 1);
    if (day > last) return ticks;
    if (day < first) continue;
    const isMajor = month === 1 || ticks.length === 0;
    const text = words.months_short[month - 1];
    ticks.push({ day, isMajor, lines: isMajor ? [text, yearText(year, words)] : [text] });
  }
}

function yearTicks(first, last, step, words) {
  const ticks = [];
  const from = dateFromDay(first)[0],
    to = dateFromDay(last)[0];
  for (let mark = Math.ceil(from / step) * step; mark <= to; mark += step) {
    const year = mark === 0 && step > 1 ? 1 : mark; // there is no year 0: history goes from 1 BC to 1
    const day = dayFromDate(year, 1, 1);
    if (day >= first && day <= last) ticks.push({ day, isMajor: true, lines: [yearText(year, words)] });
  }
  return ticks;
}

// Marks ------------------------------------------------------------------------------------------------------------

// The shape of a time: { kind, left, right, coreLeft, coreRight, opensLeft, opensRight } in pixels.
// kind: "point" one day; "span" a time that lasts (its certain part is the core, null where nothing is certain);
// "within" one moment somewhere inside. Bounds: [start earliest, start latest, end earliest, end latest], null = open.
function markShape(bounds, isApproximate, scale) {
  const [startEarliest, startLatest, endEarliest, endLatest] = bounds;
  const isMoment = startEarliest === endEarliest && startLatest === endLatest;
  if (isMoment && startEarliest === startLatest && startEarliest !== null && !isApproximate) {
    const middle = toPixel(startEarliest + 0.5, scale),
      half = SIZES.point / 2;
    return {
      kind: "point",
      left: middle - half,
      right: middle + half,
      middle,
      coreLeft: null,
      coreRight: null,
      opensLeft: false,
      opensRight: false,
    };
  }
  const opensLeft = startEarliest === null,
    opensRight = endLatest === null;
  const known = bounds.filter((bound) => bound !== null);
  let left = toPixel(opensLeft ? Math.min(...known) : startEarliest, scale);
  let right = toPixel((opensRight ? Math.max(...known) : endLatest) + 1, scale);
  let coreLeft = null,
    coreRight = null;
  if (!isMoment) {
    const first = startLatest === null ? Math.min(...known) : startLatest;
    const last = endEarliest === null ? Math.max(...known) : endEarliest;
    if (first <= last && !isApproximate) {
      coreLeft = toPixel(first, scale);
      coreRight = toPixel(last + 1, scale);
    }
  }
  const isExact = coreLeft === left && coreRight === right;
  if (right - left < SIZES.minSpan) {
    const middle = (left + right) / 2;
    left = middle - SIZES.minSpan / 2;
    right = middle + SIZES.minSpan / 2;
    if (isExact) {
      coreLeft = left;
      coreRight = right;
    }
  }
  if (opensLeft) left = Math.min(left, right - SIZES.minSpan) - SIZES.openEnd + SIZES.minSpan;
  if (opensRight) right = Math.max(right, left + SIZES.minSpan) + SIZES.openEnd - SIZES.minSpan;
  return {
    kind: isMoment ? "within" : "span",
    left,
    right,
    middle: (left + right) / 2,
    coreLeft,
    coreRight,
    opensLeft,
    opensRight,
  };
}

// Labels -----------------------------------------------------------------------------------------------------------

// The label as it fits into `room` pixels, cut between words, "" where too little would be left. `suffix` ("(geplant)")
// is never cut off: without it a plan would read as a fact.
function fitLabel(label, suffix, room, measure) {
  const tail = suffix ? ` (${suffix})` : "";
  if (measure(label + tail) <= room) return label + tail;
  const words = label.split(" ");
  for (let count = words.length - 1; count > 0; count--) {
    const cut =
      words
        .slice(0, count)
        .join(" ")
        .replace(/[,;:.–-]+$/, "") +
      " …" +
      tail;
    const width = measure(cut);
    if (width <= room) return width >= SIZES.shortest || count === words.length - 1 ? cut : "";
  }
  return "";
}

// Rows -------------------------------------------------------------------------------------------------------------

// Pixels taken in the rows of one lane, two to a slot.
class Rows {
  constructor(count, scale) {
    this.width = scale.width;
    this.offset = scale.margin;
    this.length = Math.ceil((scale.width + 2 * scale.margin) / 2) + 1;
    this.taken = Array.from({ length: count }, () => new Uint8Array(this.length));
  }
  slots(left, right) {
    return [
      Math.max(0, Math.floor((left + this.offset) / 2)),
      Math.min(this.length, Math.ceil((right + this.offset) / 2)),
    ];
  }
  isFree(row, left, right) {
    const [from, to] = this.slots(left, right);
    const taken = this.taken[row];
    for (let slot = from; slot < to; slot++) if (taken[slot]) return false;
    return true;
  }
  take(row, left, right) {
    const [from, to] = this.slots(left, right);
    this.taken[row].fill(1, from, to);
  }
  // Free pixels from a position to the right and to the left, up to what the longest label takes.
  roomAfter(row, left) {
    const [from, to] = [Math.max(0, Math.ceil((left + this.offset) / 2)), this.slots(left, left + LABEL_REACH)[1]];
    let slot = from;
    while (slot < to && !this.taken[row][slot]) slot++;
    return Math.max(0, slot * 2 - this.offset - left);
  }
  roomBefore(row, right) {
    const [from, to] = [
      this.slots(right - LABEL_REACH, right)[0],
      Math.min(this.length, Math.floor((right + this.offset) / 2)),
    ];
    let slot = to;
    while (slot > from && !this.taken[row][slot - 1]) slot--;
    return Math.max(0, right - (slot * 2 - this.offset));
  }
}

// Rows and labels for the events of one lane. `items` come in order of importance, each { shape, label, suffix }.
// Returns { marks: [{ item, row, text, side, textLeft, textRight }], rest: [item], rows } - `rest` found no place and
// belongs into density cells. Marks, labels and their neighbours never overlap. As many of the most important as possible
// get a label without crowding others out; where not even the bare marks fit, the most important are shown with theirs.
function packLane(items, capacity, scale, measure) {
  const labelled = packRows(items, LABELLED, capacity, scale, measure);
  if (labelled.rest.length === 0 || items.length > (capacity * scale.width) / SIZES.point) return labelled;
  const bare = packRows(items, 0, capacity, scale, measure);
  if (bare.rest.length > 0) return labelled;
  let best = bare,
    low = 0,
    high = Math.min(items.length, LABELLED);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const tried = packRows(items, middle, capacity, scale, measure);
    if (tried.rest.length === 0) {
      best = tried;
      low = middle;
    } else high = middle;
  }
  return best;
}

// The first `labelled` items take a place together with their label, the others what is left; then labels where they fit.
function packRows(items, labelled, capacity, scale, measure) {
  const rows = new Rows(capacity, scale);
  const marks = [],
    rest = [];
  items.forEach((item, rank) => {
    const isSeen = item.shape.right > 0 && item.shape.left < scale.width; // labels do not reach in from outside
    const placed =
      (isSeen && rank < labelled && placeWithLabel(item, rows, capacity, measure)) || placeBare(item, rows, capacity);
    if (placed) marks.push({ ...placed, isSeen });
    else rest.push(item);
  });
  for (const mark of marks.slice(0, LABELLED)) if (!mark.text && mark.isSeen) addLabel(mark, rows, measure);
  return { marks, rest, rows: marks.reduce((most, mark) => Math.max(most, mark.row + 1), 0) };
}

function addLabel(mark, rows, measure) {
  const { left, right } = mark.item.shape;
  const found = shortLabel(mark.item, rows, mark.row, measure);
  if (!found) return;
  setLabel(mark, found.text, found.side, measure(found.text));
  if (found.side === "inside") return;
  if (found.side === "right") rows.take(mark.row, right + 1, mark.textRight + SIZES.space);
  else rows.take(mark.row, mark.textLeft - SIZES.space, left - 1);
}

// As much of the label as there is room for in a mark or beside it: { text, side } of the roomier side, or null.
function shortLabel(item, rows, row, measure) {
  const { left, right } = item.shape;
  const inside = Math.min(right, rows.width) - Math.max(left, 0) - 2 * SIZES.gap;
  if (item.shape.kind !== "point" && inside >= SIZES.shortest) {
    const text = fitLabel(item.label, item.suffix, inside, measure);
    if (text) return { text, side: "inside" };
  }
  const roomRight = labelRoom(rows.roomAfter(row, right + 1), right, rows.width);
  const roomLeft = labelRoom(rows.roomBefore(row, left - 1), rows.width - left, rows.width);
  const [side, room] = roomRight >= Math.min(roomLeft, SIZES.longest * 0.6) ? ["right", roomRight] : ["left", roomLeft];
  const text = room < SIZES.shortest ? "" : fitLabel(item.label, item.suffix, room, measure);
  return text ? { text, side } : null;
}

// Pixels for a label beside a mark that ends at `edge`, of those free: up to its neighbour or the edge of the picture.
function labelRoom(free, edge, pictureWidth) {
  const room = free - SIZES.gap - SIZES.space;
  return edge > pictureWidth ? room : Math.min(room, pictureWidth - edge - SIZES.gap);
}

function placeWithLabel(item, rows, capacity, measure) {
  const { left, right } = item.shape;
  const text = fitLabel(item.label, item.suffix, SIZES.longest, measure);
  const width = text ? measure(text) : 0;
  if (!text) return null;
  for (let row = 0; row < capacity; row++) {
    for (const side of labelSides(item.shape, width, rows.width)) {
      const from = side === "left" ? left - SIZES.gap - width : left;
      const to = side === "right" ? right + SIZES.gap + width : right;
      if (!rows.isFree(row, from - SIZES.space, to + SIZES.space)) continue;
      rows.take(row, from - SIZES.space, to + SIZES.space);
      return setLabel({ item, row }, text, side, width);
    }
  }
  return placeWithShortLabel(item, rows, capacity, measure);
}

// Where a label of this width may stand, best first: inside a span that is wide enough, else beside it, never across
// the edge of the picture.
function labelSides(shape, width, pictureWidth) {
  const seen = Math.min(shape.right, pictureWidth) - Math.max(shape.left, 0);
  if (shape.kind !== "point" && seen >= width + 2 * SIZES.gap) return ["inside"];
  const sides = [];
  if (shape.right > pictureWidth || shape.right + SIZES.gap + width <= pictureWidth) sides.push("right");
  if (shape.left < 0 || shape.left - SIZES.gap - width >= 0) sides.push("left");
  return sides;
}

function placeWithShortLabel(item, rows, capacity, measure) {
  const { left, right } = item.shape;
  let best = null;
  for (let row = 0; row < capacity; row++) {
    if (!rows.isFree(row, left - SIZES.space, right + SIZES.space)) continue;
    const found = shortLabel(item, rows, row, measure);
    if (found && (!best || measure(found.text) > measure(best.text))) best = { ...found, row };
  }
  if (!best) return null;
  const mark = setLabel({ item, row: best.row }, best.text, best.side, measure(best.text));
  rows.take(best.row, Math.min(left, mark.textLeft) - SIZES.space, Math.max(right, mark.textRight) + SIZES.space);
  return mark;
}

function placeBare(item, rows, capacity) {
  const { left, right } = item.shape;
  for (let row = 0; row < capacity; row++) {
    if (!rows.isFree(row, left - 1, right + 1)) continue;
    rows.take(row, left - 1, right + 1);
    return { item, row, text: "", side: "right", textLeft: 0, textRight: 0 };
  }
  return null;
}

function setLabel(mark, text, side, width) {
  const { left, right } = mark.item.shape;
  mark.text = text;
  mark.side = side;
  mark.textLeft =
    side === "right" ? right + SIZES.gap : side === "left" ? left - SIZES.gap - width : Math.max(left, 0) + SIZES.gap;
  mark.textRight = mark.textLeft + width;
  return mark;
}

// How many rows each lane gets of `available`: what it needs, cut down where it is most for the weight of the lane, at
// least one each.
function shareRows(needed, available, weights = needed.map(() => 1)) {
  const rows = needed.map((count) => Math.max(1, count));
  let total = rows.reduce((sum, count) => sum + count, 0);
  while (total > available) {
    let most = -1;
    rows.forEach((count, at) => {
      if (count > 1 && (most < 0 || count / weights[at] >= rows[most] / weights[most])) most = at;
    });
    if (most < 0) break;
    rows[most] -= 1;
    total -= 1;
  }
  return rows;
}

// Density ----------------------------------------------------------------------------------------------------------

// Cells of equal width that count events: [{ left, right, count, index, days }], only those that hold any. `middles` gives
// the middle of each event in days. The edges of cells lie on multiples of their width in days, so that they stay in
// place when the picture is moved.
function densityCells(places, middles, scale) {
  const days = SIZES.cell / scale.perDay;
  const counts = new Map();
  for (const place of places) {
    const index = Math.floor(middles[place] / days);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([index, count]) => ({
      left: toPixel(index * days, scale),
      right: toPixel((index + 1) * days, scale),
      count,
      index,
      days,
    }));
}

// Which of the places a cell counts.
function placesInCell(cell, places, middles) {
  return places.filter((place) => Math.floor(middles[place] / cell.days) === cell.index);
}

// So many events of a lane can find a place of their own at most; the less important ones need not be laid out.
function mostMarks(capacity, scale) {
  return Math.ceil((capacity * (scale.width + 2 * scale.margin)) / (SIZES.point + 2));
}

// Events over the whole time: how many touch each of `count` equal parts of [first, last].
function histogram(starts, ends, chosen, first, last, count) {
  const bins = new Float64Array(count);
  const perBin = (last - first) / count || 1;
  for (const place of chosen) {
    const from = Math.max(0, Math.min(count - 1, Math.floor((starts[place] - first) / perBin)));
    const to = Math.max(from, Math.min(count - 1, Math.floor((ends[place] - first) / perBin)));
    for (let bin = from; bin <= to; bin++) bins[bin] += 1 / (to - from + 1);
  }
  return bins;
}

// The range that shows everything from first to last day with a margin, never less than three days.
function fitRange(first, last) {
  const span = Math.max(3, last - first + 1);
  const margin = span * 0.04;
  const middle = (first + last + 1) / 2;
  return [middle - span / 2 - margin, middle + span / 2 + margin];
}

// The range to begin with: where a few events lie far from all others, those are left to the strip above the picture and
// to "show all". `middles` are sorted days; at most one event in twenty-five is left out on each side.
function mainRange(middles, [first, last]) {
  const most = Math.floor(middles.length / 25);
  const far = (last - first) * 0.3;
  let from = 0,
    to = middles.length - 1;
  for (let at = 0; at < most; at++) if (middles[at + 1] - middles[at] > far) from = at + 1;
  for (let at = 0; at < most; at++) if (middles.at(-1 - at) - middles.at(-2 - at) > far) to = middles.length - 2 - at;
  if (from === 0 && to === middles.length - 1) return [first, last];
  const margin = ((last - first) * 0.04) / 1.08; // what fitRange has added
  const start = from === 0 ? first + margin : Math.floor(middles[from]);
  const end = to === middles.length - 1 ? last - margin - 1 : Math.ceil(middles[to]);
  return fitRange(start, end);
}
