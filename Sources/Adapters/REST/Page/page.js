"use strict";
// The form, the address and the parts of the page together. What is shown is always the answer to `shown`, the newest question:
// an older request is cancelled, and its answer, should it come, is not looked at.

const PAGE_LIMIT = 100;
const SLOW_MS = 2500;

let shown = View.fresh;
/** The cursors of the pages before this one, newest first; "" is the first page. */
let pagesBefore = [];
let nextCursor = null;
let running = new AbortController();

const say = (text) => { byId("live").textContent = text; };

// MARK: The form

function fillForm(view) {
  byId("tenant").value = view.tenant;
  byId("contains").value = view.contains;
  byId("level").value = view.level;
  if (byId("level").selectedIndex < 0) byId("level").value = "";
  byId("from").value = view.from === null ? "" : clock.toInput(view.from);
  byId("to").value = view.to === null ? "" : clock.toInput(view.to);
  byId("exact").hidden = view.range !== "exact";
  byId("zone-name").textContent = `in ${clock.name}`;
  byId("trace").hidden = !view.trace;
  byId("trace-id").textContent = view.trace;
  for (const button of byId("ranges").children) button.setAttribute("aria-pressed", String(button.dataset.range === view.range));
  for (const button of byId("zones").children) button.setAttribute("aria-pressed", String(button.dataset.zone === clock.zone));
  chooseService(view.service);
  markChanges();
}

/** The view that the form describes, as a fresh question. */
function readForm() {
  const time = (id) => { const ms = clock.fromInput(byId(id).value); return Number.isNaN(ms) ? null : ms; };
  const isExact = shown.range === "exact";
  return {
    ...View.fresh, tenant: byId("tenant").value.trim() || View.fresh.tenant, service: byId("service").value, level: byId("level").value,
    contains: byId("contains").value, trace: shown.trace, range: shown.range,
    from: isExact ? time("from") : null, to: isExact ? time("to") : null,
  };
}

/** Tells when the fields ask for something else than what is shown. */
function markChanges() {
  const form = readForm();
  const isChanged = ["tenant", "service", "level", "contains"].some((name) => form[name] !== shown[name])
    || (shown.range === "exact" && (form.from !== shown.from || form.to !== shown.to));
  byId("hint").textContent = isChanged ? "The fields were changed: press Enter to search. Below is still the answer from before." : "";
  document.querySelector("main").classList.toggle("stale", isChanged);
}

function markInvalid(field) {
  const input = { contains: "contains", tenant_id: "tenant", service: "service", from_ts: "from", to_ts: "to", level: "level" }[field];
  for (const id of ["contains", "tenant", "service", "from", "to", "level"]) byId(id).toggleAttribute("aria-invalid", false);
  if (input) byId(input).setAttribute("aria-invalid", "true");
}

// MARK: Tenants and services

let servicesOf = null;

async function loadServices(tenant) {
  if (servicesOf === tenant) return;
  servicesOf = tenant;
  byId("service").replaceChildren(make("option", { value: "" }, "all"));
  chooseService(shown.service);
  try {
    const { services } = await Client.services(tenant);
    if (servicesOf !== tenant) return;
    byId("service").append(...services.filter((name) => name !== byId("service").value).map((name) => make("option", { value: name }, name)));
    chooseService(shown.service);
    if (services.length) rememberTenant(tenant);
  } catch {
    servicesOf = null; // the question itself tells what is wrong; the next one asks again
  }
}

function chooseService(name) {
  const select = byId("service");
  if (![...select.options].some((option) => option.value === name)) select.append(make("option", { value: name }, name || "all"));
  select.value = name;
}

const STORED_TENANTS = "cordwood.tenants";

function rememberedTenants() {
  try {
    const names = JSON.parse(localStorage.getItem(STORED_TENANTS) ?? "[]");
    return Array.isArray(names) ? names.filter((name) => typeof name === "string").slice(0, 20) : [];
  } catch {
    return []; // storage may be switched off
  }
}

function rememberTenant(tenant) {
  const names = [tenant, ...rememberedTenants().filter((name) => name !== tenant)].slice(0, 20);
  try { localStorage.setItem(STORED_TENANTS, JSON.stringify(names)); } catch { /* storage may be switched off */ }
  offerTenants();
}

const offerTenants = () => byId("tenants").replaceChildren(...rememberedTenants().map((value) => make("option", { value })));

// MARK: Asking

/** Asks a fresh question: its newest page, under an address of its own. */
function search(view) {
  const next = View.fromNow({ ...view, cursor: "", event: "" });
  pagesBefore = [];
  visit(next, View.write(next) === View.write(shown) ? "replace" : "push");
}

/** Goes to a view: writes the address, then shows it. */
function visit(view, how) {
  const state = { from: view.from, to: view.to, pagesBefore };
  if (how === "push") history.pushState(state, "", View.write(view));
  else history.replaceState(state, "", View.write(view));
  return show(view);
}

async function show(view) {
  const isSameQuery = View.sameQuery(view, shown) && Timeline.answer !== null;
  shown = view;
  running.abort();
  const controller = running = new AbortController();
  fillForm(view);
  markInvalid(null);
  clearAnswer(isSameQuery);
  document.title = [view.contains, view.service, view.level, "Cordwood"].filter(Boolean).join(" · ");
  loadServices(view.tenant);
  const slow = setTimeout(() => showSlow(controller), SLOW_MS);
  try {
    const page = await Client.events(view, PAGE_LIMIT, controller.signal);
    if (controller !== running) return;
    showPage(page, view);
    if (!page.items.length && !view.cursor) await showNewest(view, page, controller);
    if (!isSameQuery) await showTimeline(view, page, controller);
  } catch (error) {
    if (controller === running && error.name !== "AbortError") showFailure(error);
  } finally {
    clearTimeout(slow);
    if (controller === running) busy(false);
  }
}

function busy(isBusy) {
  byId("progress").hidden = !isBusy;
  document.querySelector("main").setAttribute("aria-busy", String(isBusy));
}

async function showTimeline(view, page, controller) {
  if (!page.items.length) return;
  // The list is open towards the future; the picture ends now, or with the newest event where clocks differ.
  const newest = List.milliseconds(page.items[0]) + 1;
  const to = view.to ?? (view.range === "all" ? null : Math.max(Date.now(), newest));
  try {
    const answer = await Client.histogram({ ...view, to }, Timeline.bucketCount, controller.signal);
    if (controller !== running) return;
    Timeline.show(answer, view);
    const total = `${answer.counted_from_ts === null ? "of" : "of at least"} ${answer.total.toLocaleString("en")}`;
    if (answer.total > page.items.length) byId("total").textContent = ` ${total}`;
  } catch (error) {
    if (controller !== running || error.name === "AbortError") return;
    byId("timeline").hidden = false;
    byId("timeline-note").textContent = `No picture over time: ${error.message}`;
  }
}

function stop() {
  running.abort();
  running = new AbortController();
  busy(false);
  byId("notice").replaceChildren();
  byId("summary").textContent = "No answer";
  notice("empty", make("strong", {}, "Stopped before the answer came"), retryButtons());
  byId("newest").focus();
}

// MARK: Showing

function clearAnswer(keepsTimeline) {
  Detail.hide();
  List.clear();
  if (!keepsTimeline) Timeline.clear();
  nextCursor = null;
  byId("notice").replaceChildren();
  byId("summary").textContent = "Searching\u2026";
  busy(true);
  showPager();
}

function showPager() {
  byId("older").disabled = nextCursor === null;
  byId("newer").disabled = pagesBefore.length === 0;
}

function notice(kind, ...children) {
  byId("notice").append(make("div", { className: kind }, ...children));
}

const retryButtons = () => make("div", { className: "buttons" }, make("button", { type: "button", onclick: () => show(shown) }, "Try again"));

function showPage(page, view) {
  nextCursor = page.next_cursor;
  byId("progress").hidden = true;
  byId("notice").replaceChildren();
  List.show(page.items, view);
  showPager();
  showSummary(page, view);
  if (!page.complete) showReasons(page);
  if (!page.items.length && view.cursor) notice("empty", make("strong", {}, "No older events"));
  const open = view.event && page.items.find((item) => item.order_key === view.event);
  if (open) Detail.show(open, view);
}

function showSummary(page, view) {
  const number = page.items.length;
  const pageNumber = pagesBefore.length + 1;
  const parts = [
    make("span", { className: page.complete ? "whole" : "partial" }, page.complete ? "\u2713 Complete" : "\u26a0 Incomplete"),
    make("span", {}, number ? count(number, "event") : "No events", make("span", { id: "total" })),
  ];
  if (number) {
    const ends = [page.items.at(-1), page.items[0]].map((item) => clock.time(List.milliseconds(item)).slice(0, 8));
    parts.push(make("span", { className: "note" }, ends[0] === ends[1] ? ends[0] : `${ends[0]} \u2013 ${ends[1]}`));
  }
  if (pageNumber > 1) parts.push(make("span", { className: "note" }, `page ${pageNumber}`));
  else if (view.cursor) parts.push(make("span", { className: "note" }, "an older page"));
  const { duration_ms: duration, events_scanned: scanned } = page.stats;
  parts.push(make("span", { className: "note" }, `${scanned.toLocaleString("en")} looked at in ${duration.toLocaleString("en")} ms`));
  byId("summary").replaceChildren(...parts);
  say(`${count(number, "event")}. ${page.complete ? "The answer is complete." : "The answer is not complete."}`);
}

function showReasons(page) {
  notice("warning",
    make("strong", {}, "This answer is not complete: events may be missing from it."),
    make("ul", {}, ...page.incomplete_because.map((reason) => make("li", {}, logText(reason.detail)))));
}

const inRange = (view) => {
  const button = byId("ranges").querySelector(`[data-range="${view.range}"]`);
  return { all: "", exact: " in that time" }[view.range] ?? ` in the ${button.getAttribute("aria-label")}`;
};

/** An empty page says where there would be something. */
async function showNewest(view, page, controller) {
  const isLimited = view.from !== null || view.to !== null;
  const anyTime = { ...view, from: null, to: null };
  const newest = isLimited ? (await Client.events(anyTime, 1, controller.signal)).items[0] : undefined;
  if (controller !== running) return;
  const buttons = make("div", { className: "buttons" });
  const button = (label, action) => buttons.append(make("button", { type: "button", onclick: action }, label));
  let explanation = isLimited ? "Nor is there any outside that time." : "Not at any time.";
  if (newest) {
    const ms = List.milliseconds(newest);
    explanation = `The newest one outside that time is of ${clock.both(ms)}.`;
    button("Show the hour up to it", () => search({ ...view, range: "exact", from: ms + 1 - RANGES["1h"], to: ms + 1 }));
    button("Show all time", () => search({ ...view, range: "all" }));
  } else if (view.service || view.level || view.contains || view.trace) {
    button("Clear the filters", () => search({ ...View.fresh, tenant: view.tenant, range: view.range, from: view.from, to: view.to }));
  } else {
    explanation = `Tenant \u201c${view.tenant}\u201d has none yet. cordwood-agent sends some: cordwood-agent generate --count 1000`;
  }
  notice("empty",
    make("strong", {}, page.complete ? `No event fits${inRange(view)}` : "No event that fits was found, but the answer is not complete"),
    make("p", {}, logText(explanation)), buttons);
}

function showFailure(error) {
  byId("summary").textContent = "No answer";
  List.clear();
  byId("notice").replaceChildren();
  markInvalid(error.field);
  const title = error.title ?? "The page met an error of its own";
  notice("failure", make("strong", {}, title), make("p", {}, logText(error.message)), retryButtons());
  say(`No answer. ${title}. ${error.message}`);
}

function showSlow(controller) {
  if (controller !== running || byId("progress").hidden) return;
  notice("empty", make("strong", {}, "Still searching\u2026"),
    make("p", {}, "A shorter time, or one service, makes it quicker."),
    make("div", { className: "buttons" }, make("button", { type: "button", onclick: stop }, "Stop")));
  say("Still searching");
}

// MARK: One event

function openEvent(item) {
  if (Detail.item?.order_key === item.order_key) return;
  const wasOpen = Detail.isOpen;
  shown = { ...shown, event: item.order_key };
  // The first one that is opened is a step that the back button undoes; others take its place.
  const state = { ...history.state, isOpened: wasOpen ? history.state?.isOpened : true };
  if (wasOpen) history.replaceState(state, "", View.write(shown));
  else history.pushState(state, "", View.write(shown));
  showOpen(item);
}

function showOpen(item) {
  Detail.show(item, shown);
  List.select(item.order_key);
  List.focus(List.items.indexOf(item), false);
}

function closeEvent() {
  if (!Detail.isOpen) return;
  if (history.state?.isOpened) return history.back();
  shown = { ...shown, event: "" };
  history.replaceState(history.state, "", View.write(shown));
  hideEvent();
}

function hideEvent() {
  const index = List.items.indexOf(Detail.item);
  Detail.hide();
  List.select("");
  if (index >= 0) List.focus(index);
}

/** An address under which this event is found, whatever else arrives. */
function linkTo(item) {
  const ms = List.milliseconds(item);
  const view = { ...View.fresh, tenant: shown.tenant, service: item.service, range: "exact", from: ms, to: ms + 1, event: item.order_key };
  return new URL(View.write(view), location.href).href;
}

// MARK: Start

/** The view of the address, with the times that its history entry was asked with. */
function viewOfAddress() {
  const address = new URLSearchParams(location.search);
  clock.zone = address.get("tz") === "utc" ? "utc" : "local";
  const view = View.read(location.search);
  const state = history.state;
  pagesBefore = Array.isArray(state?.pagesBefore) ? state.pagesBefore : [];
  if (state?.from !== undefined) return { ...view, from: state.from, to: state.to };
  return view.cursor ? view : View.fromNow(view);
}

function followAddress() {
  const zone = clock.zone;
  const view = viewOfAddress();
  const item = view.event ? List.items.find((item) => item.order_key === view.event) : null;
  const isSamePage = View.sameQuery(view, shown) && view.cursor === shown.cursor && zone === clock.zone;
  if (!isSamePage || (view.event && !item)) return show(view);
  shown = view;
  fillForm(view);
  if (item) showOpen(item);
  else hideEvent();
}

function start() {
  Timeline.start();
  List.start();
  Detail.start();
  List.onOpen = openEvent;
  Detail.onClose = closeEvent;
  Detail.link = linkTo;
  Detail.onTrace = (trace) => search({ ...View.fresh, tenant: shown.tenant, range: "all", trace });
  Timeline.onZoom = (from, to) => search({ ...shown, range: "exact", from, to });
  Timeline.onLevel = (level) => search({ ...shown, level: shown.level === level ? "" : level });

  byId("query").addEventListener("submit", (event) => { event.preventDefault(); search(readForm()); });
  byId("query").addEventListener("input", markChanges);
  for (const id of ["service", "level"]) byId(id).addEventListener("change", () => search(readForm()));
  byId("tenant").addEventListener("change", () => search({ ...readForm(), service: "" }));
  byId("any-trace").addEventListener("click", () => { search({ ...readForm(), trace: "" }); byId("contains").focus(); });
  byId("ranges").addEventListener("click", (event) => {
    const range = event.target.dataset.range;
    if (range === undefined) return;
    if (range !== "exact") return search({ ...readForm(), range });
    const [from, to] = [shown.from ?? Date.now() - RANGES["1h"], shown.to ?? Date.now()].map((ms) => Math.floor(ms));
    search({ ...readForm(), range, from, to });
    byId("from").focus();
  });
  byId("zones").addEventListener("click", (event) => {
    if (event.target.dataset.zone === undefined || event.target.dataset.zone === clock.zone) return;
    clock.zone = event.target.dataset.zone;
    visit(shown, "push");
  });
  byId("newest").addEventListener("click", () => search({ ...shown }));
  byId("older").addEventListener("click", () => {
    pagesBefore = [...pagesBefore, shown.cursor];
    visit({ ...shown, cursor: nextCursor, event: "" }, "push").then(() => scrollToList());
  });
  byId("newer").addEventListener("click", () => {
    const cursor = pagesBefore.at(-1);
    pagesBefore = pagesBefore.slice(0, -1);
    visit({ ...shown, cursor, event: "" }, "push").then(() => scrollToList());
  });
  addEventListener("popstate", followAddress);

  offerTenants();
  visit(viewOfAddress(), "replace");
}

/** A new page is read from its top. */
function scrollToList() {
  if (byId("events").getBoundingClientRect().top < 0) byId("events").scrollIntoView();
}

start();
