// What tests and measurements ask of an open page; evaluated in it as window.probes.
window.probes = {
  // Where each event is drawn on the screen.
  marks() {
    const { picture, model } = window.zeitstrahl;
    const box = picture.plot.getBoundingClientRect();
    return picture.marks.map((mark) => ({
      id: model.events.id[mark.item.place],
      text: mark.text,
      x: box.left + picture.nameRoom + mark.item.shape.middle,
      y: box.top + picture.head + mark.y,
    }));
  },

  // Number of texts drawn in the picture, and of pairs among them that overlap.
  overlaps() {
    const boxes = [...document.querySelectorAll("#plot .textpoint text")].map((text) => text.getBoundingClientRect());
    const shared = (a, b) => [
      Math.min(a.right, b.right) - Math.max(a.left, b.left),
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
    ];
    let count = 0;
    boxes.forEach((one, place) => {
      for (const other of boxes.slice(0, place)) {
        const [across, down] = shared(one, other);
        if (across > 1 && down > 4) count++;
      }
    });
    return [boxes.length, count];
  },

  // The lowest contrast of the texts that fit the selector (WCAG 2.1).
  contrast(selector) {
    const part = (value) => (value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const light = (color) => {
      const [r, g, b] = color.match(/[\d.]+/g).map(Number);
      return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
    };
    const ground = (node) => {
      const color = getComputedStyle(node).backgroundColor;
      return color === "rgba(0, 0, 0, 0)" ? ground(node.parentElement) : color;
    };
    const texts = [...document.querySelectorAll(selector)].filter((node) => node.innerText.trim());
    return Math.min(
      ...texts.map((node) => {
        const pair = [light(getComputedStyle(node).color), light(ground(node))];
        return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      }),
    );
  },

  // Sizes in pixels of the texts that fit the selector.
  fontSizes(selector) {
    const texts = [...document.querySelectorAll(selector)].filter((node) => node.innerText.trim());
    return texts.map((node) => parseFloat(getComputedStyle(node).fontSize));
  },

  // List items that differ between what the file holds and what the page makes of the same event on demand.
  differingItems() {
    const plain = (item) => {
      const copy = item.cloneNode(true);
      const date = copy.querySelector(".when");
      date.textContent = date.textContent; // <time> or <span>: the script cannot know which
      return copy.outerHTML.replace(/\s+/g, "");
    };
    return [...document.querySelectorAll(".event")]
      .map((item) => [plain(item), plain(window.zeitstrahl.buildItem(Number(item.dataset.place)))])
      .filter(([served, made]) => served !== made);
  },

  // Milliseconds of each of 24 steps of zoom and pan: the change and the frame that shows it.
  async stepTimes() {
    const { picture } = window.zeitstrahl;
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    const pan = (share) => {
      const [from, to] = picture.range;
      picture.setRange([from + (to - from) * share, to + (to - from) * share]);
    };
    const steps = [
      ...Array.from({ length: 8 }, (_, turn) => () => picture.zoom(0.6, 0.3 + 0.05 * turn)),
      ...Array.from({ length: 8 }, (_, turn) => () => pan(turn % 2 ? 0.4 : -0.3)),
      ...Array.from({ length: 8 }, () => () => picture.zoom(1.7, 0.5)),
    ];
    const times = [];
    for (const step of steps) {
      await frame();
      const start = performance.now();
      step();
      await frame();
      times.push(performance.now() - start);
    }
    return times;
  },

  // The share of all events that stepping with the arrow keys comes to; the walk itself, without drawing each step.
  reachedByKeyboard() {
    const page = window.zeitstrahl,
      seen = new Set();
    const select = page.select;
    page.select = (place) => {
      page.selected = place;
      seen.add(place);
    };
    page.selected = null;
    for (let step = 0; step < page.model.events.count; step++) page.step(1);
    page.select = select;
    return seen.size / page.model.events.count;
  },
};
