"use strict";
// How things are put into words. Everything from outside reaches the page as text nodes, never as markup.

const LEVELS = ["FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "UNSPECIFIED"];

/** An element with properties and children; strings become text nodes. */
function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const byId = (id) => document.getElementById(id);

/** The class of an item's severity number, as the server's histogram names it. */
function levelOf(item) {
  const number = item.severity_number;
  return number >= 1 && number <= 24 ? LEVELS[5 - Math.floor((number - 1) / 4)] : "UNSPECIFIED";
}

const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

// Controls, and what turns the direction of text: a log line must not be able to look like another one.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A character that shows nothing, as one that shows what it is. */
function signFor(character) {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : `\u2039U+${code.toString(16).toUpperCase().padStart(4, "0")}\u203a`;
}

/**
 * Text of a log, isolated from what stands around it, with what was searched for marked.
 * @param {boolean} oneLine line ends become a sign.
 */
function logText(text, needle = "", oneLine = false) {
  const element = make("bdi");
  let rest = 0;
  while (needle) {
    const hit = text.indexOf(needle, rest);
    if (hit < 0) break;
    appendShown(element, text.slice(rest, hit), oneLine);
    appendShown(element.appendChild(make("mark")), needle, oneLine);
    rest = hit + needle.length;
  }
  appendShown(element, text.slice(rest), oneLine);
  return element;
}

function appendShown(parent, text, oneLine) {
  const plain = text.replace(/\r\n/g, "\n");
  const pattern = oneLine ? new RegExp(`${UNSEEN.source}|[\\n\\t]`, "g") : UNSEEN;
  let rest = 0;
  for (const match of plain.matchAll(pattern)) {
    const sign = match[0] === "\n" ? " \u21b5 " : match[0] === "\t" ? "  " : signFor(match[0]);
    parent.append(plain.slice(rest, match.index), make("span", { className: "control" }, sign));
    rest = match.index + match[0].length;
  }
  parent.append(plain.slice(rest));
}

/** Times in the zone that the person chose. */
const clock = {
  zone: "local",
  get timeZone() { return this.zone === "utc" ? "UTC" : undefined; },
  get name() {
    return this.zone === "utc" ? "UTC" : Intl.DateTimeFormat().resolvedOptions().timeZone ?? "this device's time";
  },

  /** Formats are kept: to make one costs more than to use it a hundred times. */
  formats: new Map(),
  format(name, options) {
    const key = `${name} ${this.zone}`;
    if (!this.formats.has(key)) {
      this.formats.set(key, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: this.timeZone }));
    }
    return this.formats.get(key);
  },

  parts(ms) {
    const format = this.format("parts", {
      year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
    });
    const parts = Object.fromEntries(format.formatToParts(ms).map((part) => [part.type, part.value]));
    return { ...parts, milli: String(((ms % 1000) + 1000) % 1000).padStart(3, "0") };
  },
  date(ms) { const p = this.parts(ms); return `${p.year.padStart(4, "0")}-${p.month}-${p.day}`; },
  time(ms) { const p = this.parts(ms); return `${p.hour}:${p.minute}:${p.second}.${p.milli}`; },
  /** As exactly as a bucket of `width` ms needs it. */
  short(ms, width) {
    if (width >= 86400000) return this.date(ms);
    const p = this.parts(ms);
    if (width >= 60000) return `${p.hour}:${p.minute}`;
    return width >= 1000 ? `${p.hour}:${p.minute}:${p.second}` : this.time(ms);
  },
  both(ms) { return `${this.date(ms)} ${this.time(ms)}`; },
  day(ms) {
    return this.format("day", { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(ms);
  },

  /** How far the zone is before UTC at that time, in ms. */
  offset(ms) { return this.zone === "utc" ? 0 : -60000 * new Date(ms).getTimezoneOffset(); },

  /** For an input of type datetime-local, and back; NaN for what is no time. */
  toInput(ms) { return `${this.date(ms)}T${this.time(ms)}`; },
  fromInput(text) { return this.zone === "utc" ? Date.parse(`${text}Z`) : new Date(text).getTime(); },
};

/** "2 min", "1 h": the width of a bucket. */
function span(ms) {
  for (const [unit, length] of [["d", 86400000], ["h", 3600000], ["min", 60000], ["s", 1000]]) {
    if (ms >= length) return `${+(ms / length).toFixed(1)} ${unit}`;
  }
  return `${ms} ms`;
}
