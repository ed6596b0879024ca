"use strict";
// What is looked at, and the address that says so: a view is shared by its address, and the back button walks through views.

const RANGES = { "15m": 900000, "1h": 3600000, "24h": 86400000, "7d": 604800000, all: null };

/**
 * A view: `tenant`, `service` and `level` ("" for all, "ERROR", "ERROR+" for it and above), `contains`, `trace`, `range` (a key
 * of RANGES, or "exact"), `from` and `to` (epoch ms or null: what the range came to when it was asked), `cursor` of the page,
 * `event` (the order key of the one that is open).
 */
const View = {
  fresh: { tenant: "default", service: "", level: "", contains: "", trace: "", range: "1h", from: null, to: null, cursor: "", event: "" },

  read(address) {
    const given = new URLSearchParams(address);
    const text = (name) => given.get(name) ?? "";
    const from = View.time(text("from"));
    const to = View.time(text("to"));
    const range = text("range") in RANGES ? text("range") : from !== null || to !== null ? "exact" : View.fresh.range;
    const least = text("min_level").toUpperCase();
    return {
      tenant: text("tenant") || View.fresh.tenant, service: text("service"),
      level: least ? `${least}+` : text("level").toUpperCase(), contains: text("contains"), trace: text("trace_id"), range, from, to,
      cursor: text("cursor"), event: text("event"),
    };
  },

  /** Epoch milliseconds, or a date with its zone. */
  time(text) {
    const ms = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
    return text !== "" && Number.isSafeInteger(ms) ? ms : null;
  },

  write(view) {
    const address = new URLSearchParams();
    const set = (name, value, usual = "") => { if (value !== usual && value !== null) address.set(name, value); };
    set("tenant", view.tenant, View.fresh.tenant);
    set("service", view.service);
    set(view.level.endsWith("+") ? "min_level" : "level", view.level.replace("+", ""));
    set("contains", view.contains);
    set("trace_id", view.trace);
    if (view.range !== "exact") address.set("range", view.range);
    // A page is of a query with these very times: without them its cursor would belong to another one.
    if (view.range === "exact" || view.cursor) {
      set("from", view.from);
      set("to", view.to);
    }
    set("cursor", view.cursor);
    set("event", view.event);
    set("tz", clock.zone, "local");
    const text = address.toString();
    return text ? `?${text}` : location.pathname;
  },

  /** The view with its range counted from now. */
  fromNow(view) {
    if (view.range === "exact") return view;
    const length = RANGES[view.range];
    return { ...view, from: length === null ? null : Date.now() - length, to: null };
  },

  /** The fields of a request that say what is looked for; those that are not set are left out. */
  filters(view) {
    const filters = { tenant_id: view.tenant };
    if (view.service) filters.service = view.service;
    if (view.level) filters[view.level.endsWith("+") ? "min_level" : "level"] = view.level.replace("+", "");
    if (view.contains) filters.contains = view.contains;
    if (view.trace) filters.trace_id = view.trace;
    if (view.from !== null) filters.from_ts = view.from;
    if (view.to !== null) filters.to_ts = view.to;
    return filters;
  },

  /** Two views that ask the same question, whatever page and event of it they show. */
  sameQuery(one, other) { return JSON.stringify(View.filters(one)) === JSON.stringify(View.filters(other)); },
};
