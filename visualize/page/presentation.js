// Presentation for the classroom and the quiz.

class Presentation {
  constructor(model, currentChoice) {
    this.model = model;
    this.currentChoice = currentChoice; // () => positions of the events shown
    this.dialog = document.getElementById("presentation");
    this.dialog.addEventListener("keydown", (event) => this.press(event));
    this.dialog.addEventListener("close", () => {
      this.isOpen = false;
    });
    this.isOpen = false;
  }

  // The steps are those of the dossier or chain, else the key moments, each only where the filter shows it.
  start() {
    const { data } = this.model;
    const shown = new Set(this.currentChoice());
    const told = data.steps.length
      ? data.steps
      : data.keyMoments.map((event) => ({ event, tie: "", heading: "", line: "" }));
    this.steps = told.filter((step) => shown.has(step.event));
    if (this.steps.length === 0)
      this.steps = [...shown].slice(0, 50).map((event) => ({ event, tie: "", heading: "", line: "" }));
    if (this.steps.length === 0) return;
    this.at = 0;
    this.isBlank = false;
    this.mode = "steps";
    this.render();
    this.dialog.showModal();
    this.dialog.focus();
    this.isOpen = true;
  }

  go(to) {
    this.at = Math.min(this.steps.length - 1, Math.max(0, to));
    this.isBlank = false;
    this.render();
  }

  // Keys of presenters' clickers are PageUp, PageDown, B and full stop.
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.mode === "quiz") return;
    const isOnButton = event.target instanceof HTMLButtonElement;
    const act = {
      ArrowRight: () => this.go(this.at + 1),
      ArrowDown: () => this.go(this.at + 1),
      PageDown: () => this.go(this.at + 1),
      ArrowLeft: () => this.go(this.at - 1),
      ArrowUp: () => this.go(this.at - 1),
      PageUp: () => this.go(this.at - 1),
      Home: () => this.go(0),
      End: () => this.go(this.steps.length - 1),
      b: () => this.blank(),
      B: () => this.blank(),
      ".": () => this.blank(),
      ...(isOnButton ? {} : { " ": () => this.go(this.at + 1), Enter: () => this.go(this.at + 1) }),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
    if (!this.dialog.contains(document.activeElement)) this.dialog.focus(); // the button that had it is gone
  }

  blank() {
    this.isBlank = !this.isBlank;
    this.render();
  }

  render() {
    this.dialog.classList.toggle("blank", this.isBlank);
    if (this.isBlank) {
      this.dialog.replaceChildren(
        element("p", { class: "unseen", role: "status", text: this.model.strings.blank_hint }),
      );
      return;
    }
    const { strings, events } = this.model;
    const step = this.steps[this.at];
    const place = step.event;
    this.dialog.replaceChildren(
      this.head(fill(strings.step_of, { i: this.at + 1, n: this.steps.length })),
      element(
        "div",
        { class: "step", "aria-live": "polite" },
        step.tie ? element("p", { class: "step-tie", text: step.tie }) : null,
        element("p", { class: "step-when", text: step.heading || events.date[place] }),
        element("h2", { class: "step-line", lang: events.language[place], text: step.line || events.label[place] }),
        element("p", { class: "step-badges" }, ...badges(this.model, place)),
        this.quotation(place),
      ),
      this.progress(),
      element(
        "div",
        { class: "tools" },
        this.button("previous_short", () => this.go(this.at - 1), this.at === 0),
        this.button("next_short", () => this.go(this.at + 1), this.at === this.steps.length - 1),
        this.button("quiz", () => this.startQuiz()),
        this.button("present_end", () => this.dialog.close()),
      ),
    );
  }

  head(text) {
    return element(
      "header",
      { class: "step-head" },
      element("p", { text: this.model.data.title }),
      element("p", { text }),
    );
  }

  quotation(place) {
    const found =
      this.model.events.quotations[place].find(([, text]) => text) ?? this.model.events.quotations[place][0];
    return found ? quotationFigure(this.model, found) : element("p", { text: "" });
  }

  progress() {
    const done = element("span", {});
    done.style.width = `${(100 * (this.at + 1)) / this.steps.length}%`;
    return element("div", { class: "progress", "aria-hidden": "true" }, done);
  }

  button(name, act, isOff = false) {
    const made = element("button", { type: "button", text: this.model.strings[name] });
    made.disabled = isOff;
    made.addEventListener("click", () => {
      act();
      this.refocus(name);
    });
    made.dataset.name = name;
    return made;
  }

  refocus(name) {
    (
      this.dialog.querySelector(`[data-name="${name}"]:not(:disabled)`) ??
      this.dialog.querySelector("button:not(:disabled)")
    )?.focus();
  }

  // Quiz -------------------------------------------------------------------------------------------------------------

  startQuiz() {
    this.mode = "quiz";
    this.asked = 0;
    this.right = 0;
    this.pairs = quizPairs(this.model.events, this.currentChoice(), Math.random);
    this.ask();
  }

  ask() {
    const { strings } = this.model;
    const pair = this.pairs[this.asked];
    const end = this.button("present_end", () => this.dialog.close());
    if (!pair) {
      const text = this.asked ? fill(strings.quiz_score, { right: this.right, asked: this.asked }) : strings.quiz_none;
      this.dialog.replaceChildren(
        this.head(strings.quiz),
        element("div", { class: "step" }, element("h2", { class: "step-line", text })),
        element("div", { class: "tools" }, end),
      );
      end.focus();
      return;
    }
    const options = pair.shown.map((place) => this.option(place, pair));
    this.verdict = element("div", { class: "verdict", "aria-live": "polite" });
    this.dialog.replaceChildren(
      this.head(`${strings.quiz} · ${fill(strings.step_of, { i: this.asked + 1, n: this.pairs.length })}`),
      element(
        "div",
        { class: "step" },
        element("p", { class: "step-when", text: strings.quiz_question }),
        element("div", { class: "options" }, ...options),
        this.verdict,
      ),
      element("div", { class: "tools" }, end),
    );
    options[0].focus();
  }

  option(place, pair) {
    const { events, strings } = this.model;
    const label = maskDates(events.label[place], strings);
    const made = element("button", { type: "button", class: "option", lang: events.language[place], text: label });
    made.dataset.place = place;
    made.addEventListener("click", () => this.answer(place === pair.earlier, pair));
    return made;
  }

  answer(isRight, pair) {
    const { events, strings } = this.model;
    this.asked += 1;
    if (isRight) this.right += 1;
    for (const option of this.dialog.querySelectorAll(".option")) {
      option.disabled = true;
      if (Number(option.dataset.place) === pair.earlier) option.prepend("✓ ");
    }
    this.verdict.replaceChildren(
      element("p", { class: "step-when", text: isRight ? strings.quiz_right : strings.quiz_wrong }),
      ...[pair.earlier, pair.later].map((place) =>
        element(
          "p",
          {},
          element("strong", { text: `${events.date[place]}: ` }),
          element("span", { lang: events.language[place], text: events.label[place] }),
        ),
      ),
    );
    const next = this.button("quiz_next", () => this.ask());
    this.dialog.querySelector(".tools").prepend(next);
    next.focus();
  }
}

// Pairs of events in certain order, whatever their dates leave open: at most ten, each event once.
function quizPairs(events, chosen, random) {
  const usable = chosen.filter(
    (place) =>
      events.isDated(place) &&
      events.status[place] === 0 &&
      !events.isReported(place) &&
      (events.flags[place] & Flag.approximate) === 0,
  );
  usable.sort((one, other) => events.weight[other] - events.weight[one]);
  const left = shuffle(usable.slice(0, 40), random);
  const pairs = [];
  while (left.length > 1 && pairs.length < 10) {
    const one = left.shift();
    const at = left.findIndex(
      (other) => events.end[one] < events.start[other] || events.end[other] < events.start[one],
    );
    if (at < 0) continue;
    const [other] = left.splice(at, 1);
    const [earlier, later] = events.end[one] < events.start[other] ? [one, other] : [other, one];
    pairs.push({ earlier, later, shown: [one, other] });
  }
  return pairs;
}

function shuffle(items, random) {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}

// A text without what would give its date away: years, days of months, names of months.
function maskDates(text, strings) {
  const months = [...strings.months, ...strings.months_short]
    .map((name) => name.replace(/\./g, "\\."))
    .sort((a, b) => b.length - a.length);
  const month = `(?:${months.join("|")})`;
  return text
    .replace(
      new RegExp(
        `(?:\\d{1,2}\\.?\\s*(?:/\\s*\\d{1,2}\\.?\\s*)?)?(?<![\\p{L}])${month}(?![\\p{L}])(?:\\s+\\d{1,4})?`,
        "gu",
      ),
      "…",
    )
    .replace(/\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?/g, "…")
    .replace(/\b[12]\d{3}(?:er)?\b/g, "…");
}
