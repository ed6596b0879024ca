"use strict";
// One event with all that is known of it: beside the list where there is room, else over it.

const Detail = {
  item: null,
  onClose: () => {},
  onTrace: (trace) => {},
  link: (item) => "",

  get isOpen() { return byId("detail").open; },

  show(item, view) {
    Detail.item = item;
    byId("fields").replaceChildren(...Detail.fields(item, view));
    byId("detail").scrollTop = 0;
    if (!Detail.isOpen) Detail.open();
  },

  open() {
    const focused = document.activeElement;
    byId("split").classList.add("open");
    if (Detail.isBeside.matches) {
      byId("detail").show();
      // The arrow keys go on in the list.
      focused?.focus({ preventScroll: true });
    } else {
      byId("detail").showModal();
      byId("close").focus();
    }
  },

  hide() {
    Detail.item = null;
    byId("split").classList.remove("open");
    byId("detail").close();
    byId("fields").replaceChildren();
  },

  fields(item, view) {
    const ms = List.milliseconds(item);
    const level = levelOf(item);
    const known = [
      ["time", `${clock.both(ms)} ${clock.name}`],
      ["UTC, exactly", item.timestamp],
      ["service", item.service],
      ["level", item.level === null ? "none" : `${item.level} (severity ${item.severity_number})`],
      ["trace id", item.trace_id],
      ["span id", item.span_id],
      ["sender's time", item.original_timestamp ? `${item.original_timestamp} (could not be kept)` : null],
    ].filter(([, value]) => value !== null && value !== undefined);
    const parts = [make("div", {}, make("h3", {}, "Message"), make("pre", { tabIndex: 0 }, logText(item.message, view.contains)))];
    if (item.message_base64 !== undefined) {
      parts.push(make("p", { className: "note" }, "The message is not UTF-8: U+FFFD stands for what is not. Its bytes are in the JSON."));
    }
    const table = Detail.table("Event", known);
    if (item.trace_id) {
      const button = make("button", { type: "button", onclick: () => Detail.onTrace(item.trace_id) }, "Show this trace");
      [...table.querySelectorAll("dt")].find((name) => name.textContent === "trace id").nextSibling.append(button);
    }
    table.querySelector("dl").classList.add(level);
    parts.push(table);
    for (const [title, values] of [["Attributes", item.attributes], ["Resource", item.resource]]) {
      const entries = Object.entries(values ?? {});
      if (entries.length) parts.push(Detail.table(title, entries));
    }
    return parts;
  },

  table(title, entries) {
    const rows = entries.flatMap(([name, value]) => [make("dt", {}, logText(name)), make("dd", {}, logText(String(value)))]);
    return make("div", {}, make("h3", {}, title), make("dl", {}, ...rows));
  },

  async copy(text, button) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Only pages from this machine or over TLS are given the clipboard.
      const area = make("textarea", { value: text, className: "unseen" });
      byId("detail").append(area);
      area.select();
      const isCopied = document.execCommand("copy");
      area.remove();
      button.focus();
      if (!isCopied) return say("It could not be copied");
    }
    say("Copied");
    const label = button.textContent;
    if (label === "Copied") return;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = label; }, 1500);
  },

  start() {
    Detail.isBeside = matchMedia("(min-width: 1000px)");
    Detail.isBeside.addEventListener("change", () => {
      if (!Detail.isOpen) return;
      byId("detail").close();
      Detail.open();
    });
    byId("close").addEventListener("click", () => Detail.onClose());
    byId("copy-json").addEventListener("click", (event) => Detail.copy(JSON.stringify(Detail.item, null, 2), event.target));
    byId("copy-link").addEventListener("click", (event) => Detail.copy(Detail.link(Detail.item), event.target));
    // The dialog's own Escape would leave the address behind.
    byId("detail").addEventListener("cancel", (event) => { event.preventDefault(); Detail.onClose(); });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !Detail.isOpen || event.defaultPrevented) return;
      event.preventDefault();
      Detail.onClose();
    });
  },
};
