"use strict";
// Asks the server. An answer that is not one is thrown as a Failure, with the words of its problem document.

class Failure extends Error {
  constructor(title, detail, field) {
    super(detail);
    this.title = title;
    this.field = field;
  }
}

/** A number that JavaScript would not write as the server did: of more than 53 bits, or a double without a fraction. */
class Exact {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
  toJSON() { return JSON.rawJSON ? JSON.rawJSON(this.text) : this.text; }
}

// Older browsers do not tell how a number was written: there, one that may have been rounded says so.
const reviveNumber = (name, value, context) => {
  if (typeof value !== "number") return value;
  if (context?.source !== undefined) return String(value) === context.source ? value : new Exact(context.source);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? new Exact(`about ${value}`) : value;
};

const Client = {
  async ask(path, body, signal) {
    let response, text;
    try {
      response = await fetch(path, body === null ? { signal } : {
        method: "POST", signal, headers: { "content-type": "application/json" }, body: JSON.stringify(body),
      });
      text = await response.text();
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Failure("The server does not answer", "The connection failed or was cut off. Is the server running?");
    }
    let answer;
    try {
      answer = JSON.parse(text, reviveNumber);
    } catch {
      throw new Failure("The answer cannot be read", `Status ${response.status}, and no whole JSON text came.`);
    }
    if (response.ok) return answer;
    const wait = response.headers.get("retry-after");
    throw new Failure(
      answer.title ?? `Status ${response.status}`,
      `${answer.detail ?? "The server gives no reason."}${wait ? ` Try again in ${wait} s.` : ""}`, answer.field);
  },

  events(view, limit, signal) {
    const request = { ...View.filters(view), limit };
    if (view.cursor) request.cursor = view.cursor;
    return Client.ask("/v1/query", request, signal);
  },

  histogram(view, buckets, signal) { return Client.ask("/v1/histogram", { ...View.filters(view), buckets }, signal); },

  services(tenant, signal) { return Client.ask(`/v1/services?tenant_id=${encodeURIComponent(tenant)}`, null, signal); },
};
