"use strict";
// How many events there are at which time. A bar is a button: Enter or a click zooms into it, dragging over several into these.

const TICKS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3, 1800e3, 3600e3, 7200e3,
  10800e3, 21600e3, 43200e3, 86400e3, 172800e3, 604800e3, 1209600e3, 2592000e3, 7776000e3, 31536000e3,
];

const Timeline = {
  answer: null,
  onZoom: (from, to) => {},
  onLevel: (level) => {},

  /** As many as can be told apart. */
  get bucketCount() { return Math.max(30, Math.min(120, Math.floor((byId("timeline").clientWidth || innerWidth - 40) / 8))); },

  clear() {
    Timeline.answer = null;
    byId("timeline").hidden = true;
    byId("legend").replaceChildren();
    byId("bars").replaceChildren();
    byId("axis").replaceChildren();
    byId("timeline-note").textContent = "";
  },

  show(answer, view) {
    Timeline.clear();
    if (!answer.buckets.length) return;
    Timeline.answer = answer;
    byId("timeline").hidden = false;
    const most = Math.max(1, ...answer.buckets.map((bucket) => Timeline.total(bucket)));
    Timeline.legend(answer, view);
    byId("bars").replaceChildren(...answer.buckets.map((bucket, index) => Timeline.bar(bucket, index, most)));
    Timeline.axis();
    Timeline.describe(null);
    byId("timeline-note").textContent = answer.complete ? "" : Timeline.shortfall(answer);
  },

  total: (bucket) => Object.values(bucket.counts).reduce((sum, part) => sum + part, 0),

  shortfall(answer) {
    const since = answer.counted_from_ts;
    const reasons = answer.incomplete_because.map((reason) => reason.detail).join("; ");
    return since === null || since === undefined
      ? `These counts are not complete: ${reasons}.`
      : `Counted from ${clock.both(since)} on; before it only in part: ${reasons}.`;
  },

  legend(answer, view) {
    const sums = new Map();
    for (const bucket of answer.buckets) {
      for (const [level, number] of Object.entries(bucket.counts)) sums.set(level, (sums.get(level) ?? 0) + number);
    }
    const buttons = LEVELS.filter((level) => sums.has(level)).map((level) => {
      const label = `${level === "UNSPECIFIED" ? "no level" : level} ${sums.get(level).toLocaleString("en")}`;
      if (level === "UNSPECIFIED") return make("button", { type: "button", className: level, disabled: true }, label);
      return make("button", {
        type: "button", className: level, "aria-pressed": String(view.level === level), onclick: () => Timeline.onLevel(level),
      }, label);
    });
    byId("legend").replaceChildren(...buttons);
  },

  bar(bucket, index, most) {
    const total = Timeline.total(bucket);
    const bar = make("button", { type: "button", tabIndex: index === 0 ? 0 : -1, "aria-label": Timeline.words(index) });
    bar.dataset.index = index;
    const since = Timeline.answer.counted_from_ts;
    if (since !== null && since !== undefined && bucket.start_ts < since) bar.classList.add("unread");
    for (const level of LEVELS.toReversed().filter((level) => bucket.counts[level])) {
      const part = make("i", { className: level });
      // At least a pixel or two: one error among thousands is what one looks for.
      part.style.height = `max(2px, ${(84 * bucket.counts[level] / most).toFixed(2)}px)`;
      bar.prepend(part);
    }
    if (total === 0) bar.classList.add("none");
    return bar;
  },

  words(index) {
    const bucket = Timeline.answer.buckets[index];
    const width = Timeline.answer.bucket_ms;
    const parts = LEVELS.filter((level) => bucket.counts[level])
      .map((level) => `${level === "UNSPECIFIED" ? "no level" : level} ${bucket.counts[level].toLocaleString("en")}`);
    const end = clock.short(bucket.start_ts + width, width);
    return `${clock.date(bucket.start_ts)} ${clock.short(bucket.start_ts, width)} to ${end}: `
      + [count(Timeline.total(bucket), "event"), ...parts].join(", ");
  },

  /** One bar in words; without one, what a bar is. */
  describe(index) {
    byId("bucket").textContent = index === null ? `a bar is ${span(Timeline.answer.bucket_ms)}` : Timeline.words(index);
  },

  /** Marks at round times, so many that they do not touch. */
  axis() {
    const { buckets, bucket_ms: width } = Timeline.answer;
    const start = buckets[0].start_ts;
    const length = buckets.length * width;
    const most = byId("timeline").clientWidth / 100;
    const step = TICKS.find((step) => step >= width && length / step <= most) ?? Math.ceil(length / most / width) * width;
    const shift = clock.offset(start);
    const label = (ms) => (length > 86400000 && step < 86400000 ? `${clock.date(ms).slice(5)} ` : "") + clock.short(ms, step);
    const marks = [];
    for (let ms = Math.ceil((start + shift) / step) * step - shift; ms < start + length; ms += step) {
      const mark = make("span", {}, label(ms));
      mark.style.left = `${(100 * (ms - start) / length).toFixed(2)}%`;
      marks.push(mark);
    }
    byId("axis").replaceChildren(...marks);
  },

  zoom(first, last) {
    const { buckets, bucket_ms: width } = Timeline.answer;
    if (width <= 1 && first === last) return;
    Timeline.onZoom(buckets[first].start_ts, buckets[last].start_ts + width);
  },

  focus(index) {
    const bars = [...byId("bars").children];
    const bar = bars[Math.max(0, Math.min(bars.length - 1, index))];
    for (const other of bars) other.tabIndex = other === bar ? 0 : -1;
    bar.focus();
  },

  start() {
    const bars = byId("bars");
    const indexOf = (element) => (element?.parentElement === bars ? Number(element.dataset.index) : null);
    const at = (event) => indexOf(document.elementFromPoint(event.clientX, bars.getBoundingClientRect().top + 2));
    let first = null, last = null;
    const mark = () => {
      for (const bar of bars.children) {
        const index = Number(bar.dataset.index);
        bar.classList.toggle("chosen", first !== null && index >= Math.min(first, last) && index <= Math.max(first, last));
      }
    };
    const end = (isTaken) => {
      const [low, high] = [Math.min(first, last), Math.max(first, last)];
      const isChosen = first !== null && isTaken;
      first = last = null;
      mark();
      if (isChosen) Timeline.zoom(low, high);
    };
    bars.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || indexOf(event.target) === null) return;
      first = last = indexOf(event.target);
      bars.setPointerCapture(event.pointerId);
      mark();
    });
    bars.addEventListener("pointermove", (event) => {
      const index = at(event);
      if (index === null) return;
      Timeline.describe(index);
      if (first !== null) { last = index; mark(); }
    });
    bars.addEventListener("pointerup", () => end(true));
    bars.addEventListener("pointercancel", () => end(false));
    bars.addEventListener("pointerleave", () => { if (Timeline.answer && first === null) Timeline.describe(null); });
    bars.addEventListener("focusin", (event) => Timeline.describe(indexOf(event.target)));
    bars.addEventListener("focusout", () => { if (Timeline.answer) Timeline.describe(null); });
    bars.addEventListener("keydown", (event) => {
      const index = indexOf(event.target);
      const steps = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: Infinity, PageUp: index - 10, PageDown: index + 10 };
      if (event.key in steps) Timeline.focus(steps[event.key]);
      else if (event.key === "Enter" || event.key === " ") Timeline.zoom(index, index);
      else return;
      event.preventDefault();
    });
  },
};
