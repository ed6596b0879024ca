"use strict";
// The events of one page. A list box: arrow keys walk, Enter opens, Escape closes.

const List = {
  items: [],
  onOpen: (item) => {},

  clear() {
    List.items = [];
    byId("list").replaceChildren();
  },

  show(items, view) {
    List.items = items;
    const days = [];
    let day = null;
    for (const [index, item] of items.entries()) {
      const ms = List.milliseconds(item);
      const name = clock.day(ms);
      if (name !== day) {
        day = name;
        days.push(make("div", { role: "group", "aria-label": name }, make("div", { className: "day", "aria-hidden": "true" }, name)));
      }
      days.at(-1).append(List.row(item, index, ms, view));
    }
    byId("list").replaceChildren(...days);
  },

  /** Whole milliseconds, towards the past. */
  milliseconds: (item) => Number(BigInt(item.timestamp_ns) / 1000000n) - (BigInt(item.timestamp_ns) < 0n ? 1 : 0),

  row(item, index, ms, view) {
    const level = levelOf(item);
    const row = make("div", {
      role: "option", className: `event ${level}`, tabIndex: index === 0 ? 0 : -1, "aria-selected": String(item.order_key === view.event),
    });
    row.dataset.index = index;
    row.append(
      make("time", { dateTime: item.timestamp, title: clock.both(ms) }, clock.time(ms)),
      make("b", { title: level }, logText(item.level ?? "-", "", true)),
      make("span", { className: "of", title: item.service }, logText(item.service, "", true)),
      // What does not fit on a line is not laid out: a message may be megabytes.
      make("span", { className: "message" }, logText(item.message.slice(0, 600), view.contains, true)));
    return row;
  },

  rows: () => [...byId("list").querySelectorAll(".event")],

  focus(index, isWanted = true) {
    const rows = List.rows();
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return null;
    for (const other of rows) other.tabIndex = other === row ? 0 : -1;
    if (isWanted) row.focus();
    return Number(row.dataset.index);
  },

  /** Marks the one that is open; "" for none. */
  select(key) {
    for (const row of List.rows()) {
      row.setAttribute("aria-selected", String(key !== "" && List.items[row.dataset.index].order_key === key));
    }
  },

  start() {
    const list = byId("list");
    const indexOf = (event) => event.target.closest(".event")?.dataset.index;
    list.addEventListener("click", (event) => {
      const index = indexOf(event);
      if (index === undefined || !getSelection().isCollapsed) return;
      List.focus(Number(index));
      List.onOpen(List.items[index]);
    });
    list.addEventListener("keydown", (event) => {
      if (indexOf(event) === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      const index = Number(indexOf(event));
      const steps = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: Infinity, PageUp: index - 10, PageDown: index + 10 };
      if (event.key in steps) {
        const reached = List.focus(steps[event.key]);
        if (Detail.isOpen && reached !== null) List.onOpen(List.items[reached]);
      } else if (event.key === "Enter" || event.key === " ") {
        List.onOpen(List.items[index]);
      } else {
        return;
      }
      event.preventDefault();
    });
  },
};
