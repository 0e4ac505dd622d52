/**
 * Checks parameters of tool modules; scripts rarely need it.
 *
 * Every refusal names the function, the parameter, what is allowed and the nearest valid name, and is thrown before
 * anything is sent. Cost: none.
 */
import { APIError } from "bitetrack:api";

/**
 * Error for wrong parameters, with status 400.
 *
 * @param {string} message
 * @param {string} [hint]
 * @returns {APIError}
 */
export function invalid(message, hint) {
  return new APIError(message, { status: 400, code: "invalidArguments", hint });
}

/**
 * Returns a copy of `params` without absent members, each checked by its kind in `kinds`.
 *
 * A kind is a name of `KINDS`, `[least, most]` for whole numbers, `["a", "b"]` for a choice, `{ list: ["a", "b"] }` for
 * several of them; a `!` after a name means required.
 *
 * @param {string} name - Of the function, for errors.
 * @param {Object} params
 * @param {Record<string, any>} kinds
 * @returns {Object}
 */
export function check(name, params, kinds) {
  if (params === undefined || params === null) params = {};
  if (typeof params !== "object" || Array.isArray(params)) {
    throw invalid(`${name}: give one object such as { ${Object.keys(kinds)[0] ?? ""} }, not ${shown(params)}`);
  }
  const checked = {};
  for (const [key, value] of Object.entries(params)) {
    if (!Object.hasOwn(kinds, key)) throw unknown(name, key, Object.keys(kinds));
    if (value !== undefined && value !== null) checked[key] = value;
  }
  for (const [key, kind] of Object.entries(kinds)) {
    const isRequired = typeof kind === "string" && kind.endsWith("!");
    const [read, expected] = rule(isRequired ? kind.slice(0, -1) : kind);
    if (!Object.hasOwn(checked, key)) {
      if (isRequired) throw invalid(`${name}: ${key} is missing: it must be ${expected}.`);
      continue;
    }
    const value = read(checked[key]);
    if (value === undefined) {
      // What may be personal or secret is not repeated.
      const came = /^(email|secret)/.test(kind) ? "" : `, not ${shown(checked[key])}${meant(checked[key], kind)}`;
      throw invalid(`${name}: ${key} must be ${expected}${came}`);
    }
    checked[key] = value;
  }
  return checked;
}

/**
 * Refuses a period that ends before it begins.
 *
 * @param {string} name - Of the function, for errors.
 * @param {string} [start]
 * @param {string} [end]
 * @param {string} [startName]
 * @param {string} [endName]
 * @returns {void}
 */
export function inOrder(name, start, end, startName = "startDate", endName = "endDate") {
  if (start === undefined || end === undefined) return;
  const until = end.length === 10 ? Date.parse(end) + DAY - 1 : Date.parse(end);
  if (Date.parse(start) > until) {
    throw invalid(`${name}: ${startName} ${start} is after ${endName} ${end}: swap them.`);
  }
}

/**
 * Turns `from` and `to`, or bare days, of `query` into the exact instants that inventory drops are asked by.
 *
 * @param {string} name - Of the function, for errors.
 * @param {Object} query
 * @returns {Object}
 */
export function exactInstants(name, { from, to, ...query }) {
  inOrder(name, query.startDate, query.endDate);
  inOrder(name, from, to, "from", "to");
  if ((from ?? to) && (query.startDate ?? query.endDate)) {
    throw invalid(`${name}: give either startDate and endDate or from and to, not both`);
  }
  if (from !== undefined) query.startDate = from;
  if (to !== undefined) query.endDate = new Date(Date.parse(to) - 1).toISOString();
  if (query.endDate?.length === 10) query.endDate = `${query.endDate}T23:59:59.999Z`;
  return query;
}

/**
 * Takes `"…"` for `{ [key]: "…" }`, for functions that mostly need one thing.
 *
 * @param {any} params
 * @param {string} [key]
 * @returns {any}
 */
export function single(params, key = "id") {
  return typeof params === "string" || typeof params === "number" ? { [key]: params } : params;
}

/**
 * The name nearest to `word`, when it is near enough for a slip.
 *
 * @param {string} word
 * @param {string[]} names
 * @returns {string|undefined}
 */
export function nearest(word, names) {
  const wanted = String(word).slice(0, 60).toLowerCase();
  let best;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const name of names) {
    const steps = distance(wanted, name.toLowerCase());
    if (steps < least) [best, least] = [name, steps];
  }
  return best;
}

const DAY = 86_400_000;

const KINDS = {
  id: [(v) => (typeof v === "string" && /^[0-9a-f]{24}$/i.test(v) ? v.toLowerCase() : undefined), "an id of 24 hex digits"],
  date: [(v) => (isDay(v) || isInstant(v) ? v : undefined), "a day that exists as YYYY-MM-DD, or an instant such as 2025-01-31T12:00:00Z"],
  day: [(v) => (isDay(v) ? v : undefined), "a day that exists as YYYY-MM-DD"],
  month: [(v) => (typeof v === "string" && /^\d{4}-(0[1-9]|1[0-2])$/.test(v) ? v : undefined), "a month as YYYY-MM"],
  instant: [
    (v) => (v instanceof Date && !Number.isNaN(v.getTime()) ? v.toISOString() : isInstant(v) ? new Date(v).toISOString() : undefined),
    "an instant such as 2025-01-31T05:00:00Z",
  ],
  boolean: [(v) => (v === "true" ? true : v === "false" ? false : typeof v === "boolean" ? v : undefined), "true or false"],
  text: [(v) => (typeof v === "string" && v.trim() !== "" && v.length <= 2000 ? v : undefined), "a text"],
  email: [(v) => (typeof v === "string" && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(v) ? v : undefined), "an email address"],
  secret: [(v) => (typeof v === "string" && v !== "" ? v : undefined), "a text"],
  number: [(v) => (typeof v === "number" && Number.isFinite(v) ? v : undefined), "a number"],
  amount: [(v) => (typeof v === "number" && v >= 0 && v <= 1e9 ? v : undefined), "an amount of money from 0 on, in major units"],
  rows: [(v) => (Array.isArray(v) ? v : undefined), "an array"],
};

function rule(kind) {
  if (typeof kind === "string") return KINDS[kind];
  if (!Array.isArray(kind)) {
    const read = (v) => {
      const list = Array.isArray(v) ? v : [v];
      return list.every((item) => kind.list.includes(item)) ? [...new Set(list)] : undefined;
    };
    return [read, `a list of ${kind.list.map((name) => JSON.stringify(name)).join(", ")}`];
  }
  if (typeof kind[0] === "string") {
    return [(v) => (kind.includes(v) ? v : undefined), `one of ${kind.map((name) => JSON.stringify(name)).join(", ")}`];
  }
  const [least, most] = kind;
  const read = (v) => {
    const number = typeof v === "string" && /^-?\d+$/.test(v) ? Number(v) : v;
    return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
  };
  return [read, `a whole number from ${least} to ${most}`];
}

function isDay(value) {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && exists(value);
}

function isInstant(value) {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(value)
    && exists(value.slice(0, 10)) && !Number.isNaN(Date.parse(value));
}

/** Dates roll over where days do not exist: 31 February becomes 3 March. */
function exists(day) {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day;
}

function unknown(name, key, names) {
  if (names.length === 0) return invalid(`${name} takes no parameters, so not ${JSON.stringify(key.slice(0, 60))}.`);
  const guess = nearest(key, names);
  return invalid(
    `${name}: unknown parameter ${JSON.stringify(key.slice(0, 60))}${guess ? `; did you mean ${guess}?` : ""}`,
    `${name} takes ${names.join(", ")}`);
}

function meant(value, kind) {
  const names = Array.isArray(kind) && typeof kind[0] === "string" ? kind : kind?.list;
  const guess = names && [value].flat().map((item) => names.includes(item) ? undefined : nearest(item, names)).find(Boolean);
  return guess ? `; did you mean ${JSON.stringify(guess)}?` : "";
}

function shown(value) {
  let text;
  try { text = JSON.stringify(value) ?? String(value); } catch { text = typeof value; }
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function distance(left, right) {
  let row = Array.from({ length: right.length + 1 }, (_, i) => i);
  for (let i = 0; i < left.length; i += 1) {
    let diagonal = row[0];
    row[0] = i + 1;
    for (let j = 0; j < right.length; j += 1) {
      const above = row[j + 1];
      row[j + 1] = Math.min(above + 1, row[j] + 1, diagonal + (left[i] === right[j] ? 0 : 1));
      diagonal = above;
    }
  }
  return row[right.length];
}
