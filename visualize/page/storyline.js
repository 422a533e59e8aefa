// The storyline as plain functions: actors are threads through time that meet in the events they share. Positions are
// pixels, `scale` as in layout.js. Nothing here touches the document or Plotly.

const STORY = {
  row: 20, // height of one slot for marks and labels
  rows: 3, // slots from one thread to the next; the middle one is the thread's own
  turn: 46, // pixels before and after a meeting in which a thread leaves its own height
  most: 260, // marks drawn at once; the rest is counted in cells
};

// Marks and threads for the events of one window. `items` come in order of importance, each { place, shape, label,
// suffix, lanes }, `lanes` being positions of the threads that meet in it. Returns { marks, threads, rest }: marks have
// `y` and a label where there is room; a thread is a list of [x, y] from left to right.
function layStoryline(items, laneCount, scale, measure) {
  const height = laneCount * STORY.rows * STORY.row;
  const rest = items.slice(STORY.most);
  const slots = new Rows(Math.ceil(height / STORY.row), scale);
  const marks = [];
  for (const item of items.slice(0, STORY.most)) {
    const wanted = item.lanes.reduce((sum, lane) => sum + restHeight(lane), 0) / item.lanes.length;
    const row = nearestFreeRow(slots, wanted, item);
    if (row === null) {
      rest.push(item);
      continue;
    }
    slots.take(row, item.shape.left - 1, item.shape.right + 1);
    marks.push({
      item,
      row,
      y: (row + 0.5) * STORY.row,
      text: "",
      side: "right",
      textLeft: 0,
      textRight: 0,
      isSeen: item.shape.right > 0 && item.shape.left < scale.width,
    });
  }
  for (const mark of marks) if (mark.isSeen) addLabel(mark, slots, measure);
  const threads = Array.from({ length: laneCount }, (_, lane) => threadOf(lane, marks, scale));
  return { marks, threads, rest, height };
}

// The height of a thread where nothing happens.
function restHeight(lane) {
  return (lane + 0.5) * STORY.rows * STORY.row;
}

// The free slot nearest to a height, null where there is none within two lanes. The slot of a thread is only for events
// of its own actor: a mark on it would say that the actor took part.
function nearestFreeRow(slots, wanted, { shape, lanes }) {
  const home = Math.floor(wanted / STORY.row),
    count = slots.taken.length;
  const isOpen = (row) => row % STORY.rows !== 1 || lanes.includes((row - 1) / STORY.rows);
  for (let away = 0; away <= 2 * STORY.rows; away++) {
    for (const row of away ? [home - away, home + away] : [home]) {
      if (row >= 0 && row < count && isOpen(row) && slots.isFree(row, shape.left - 1, shape.right + 1)) return row;
    }
  }
  return null;
}

// From its first to its last event a thread runs at its own height and turns to each event it takes part in.
function threadOf(lane, marks, scale) {
  const stops = marks
    .filter((mark) => mark.item.lanes.includes(lane))
    .map((mark) => [mark.item.shape.middle, mark.y])
    .sort((one, other) => one[0] - other[0]);
  if (stops.length === 0) return [];
  const home = restHeight(lane);
  const points = [];
  stops.forEach(([x, y], at) => {
    const before = at === 0 ? null : stops[at - 1];
    if (before && x - before[0] > 2 * STORY.turn) {
      points.push(...curve(before, [before[0] + STORY.turn, home]), ...curve([x - STORY.turn, home], [x, y]));
    } else if (before) {
      points.push(...curve(before, [x, y]));
    } else {
      points.push([x, y]);
    }
  });
  return points;
}

// A smooth way from one point to another that leaves and arrives level.
function curve([fromX, fromY], [toX, toY]) {
  if (fromY === toY)
    return [
      [fromX, fromY],
      [toX, toY],
    ];
  return Array.from({ length: 9 }, (_, step) => {
    const t = step / 8;
    return [fromX + (toX - fromX) * t, fromY + ((toY - fromY) * (1 - Math.cos(Math.PI * t))) / 2];
  });
}
