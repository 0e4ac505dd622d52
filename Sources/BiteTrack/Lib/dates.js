/**
 * Days, months and periods of the shop: today, thisMonth, lastDays and their like, in the shop's own time zone.
 *
 * BiteTrack counts in UTC days, while an evening in the shop may already be the next UTC day. A period from here is
 * `{ from, to }`, exact instants (`to` excluded): spread it into getSales or getInventoryDrops, as in
 * `getSales({ ...today(), allPages: true })`, and just that time is counted. `.days` of a period is
 * `{ startDate, endDate }`, the same days for what knows whole UTC days only (getSalesAnalytics, exportSales);
 * `.includes(instant)` tests one. Cost: none.
 *
 * @keywords hoy ayer semana mes fecha fechas rango calendario zona horaria timezone week period date range local
 */
/**
 * @typedef {Object} Period
 * @property {string} from - Instant, inclusive.
 * @property {string} to - Instant, excluded.
 * @property {{startDate: string, endDate: string}} days - Not spread with the others.
 * @property {function} includes - Whether an instant lies in it; not spread either.
 */
import { invalid } from "./check.js";
import { offsets, timeZone } from "./shop.js";

const DAY = 86_400_000;

/** The shop's time zone, such as `America/Bogota`. */
export { timeZone };

/**
 * The shop's day of an instant, as `YYYY-MM-DD`; without one, today's.
 *
 * @param {string|Date|number} [instant]
 * @returns {string}
 */
export function shopDay(instant = Date.now()) {
  const time = millisecondsOf(instant);
  return new Date(time + offsetAt(time)).toISOString().slice(0, 10);
}

/**
 * The shop's hour of an instant, 0 to 23.
 *
 * @param {string|Date|number} instant
 * @returns {number}
 */
export function shopHour(instant) {
  const time = millisecondsOf(instant);
  return new Date(time + offsetAt(time)).getUTCHours();
}

/**
 * Name of a day's weekday, such as `Monday`.
 *
 * @param {string} day - `YYYY-MM-DD`.
 * @returns {string}
 */
export function weekday(day) {
  return ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][new Date(valid(day)).getUTCDay()];
}

/**
 * The day `count` days after a day, or before it when negative.
 *
 * @param {string} day
 * @param {number} count
 * @returns {string}
 */
export function addDays(day, count) {
  return new Date(Date.parse(valid(day)) + count * DAY).toISOString().slice(0, 10);
}

/**
 * Days from one day to another: 1 from today to tomorrow.
 *
 * @param {string} first
 * @param {string} last
 * @returns {number}
 */
export function daysBetween(first, last) {
  return Math.round((Date.parse(valid(last)) - Date.parse(valid(first))) / DAY);
}

/**
 * All days from the first to the last, both included.
 *
 * @param {string} first
 * @param {string} last
 * @returns {string[]}
 */
export function eachDay(first, last) {
  return Array.from({ length: Math.max(0, daysBetween(first, last) + 1) }, (_, i) => addDays(first, i));
}

/**
 * The period of whole shop days, both included.
 *
 * @param {string} first - `YYYY-MM-DD`.
 * @param {string} [last] - The same day when left out.
 * @returns {Period}
 */
export function period(first, last = first) {
  if (valid(last) < valid(first)) throw invalid(`period: ${first} is after ${last}: swap them.`);
  const from = startOf(first);
  const to = startOf(addDays(last, 1));
  const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const hidden = {
    days: { startDate: first, endDate: last },
    includes: (instant) => { const time = Date.parse(instant); return time >= from && time < to; },
  };
  for (const [key, value] of Object.entries(hidden)) Object.defineProperty(range, key, { value });
  return range;
}

/** @returns {Period} Today, up to now and to midnight. */
export function today() { return period(shopDay()); }

/** @returns {Period} */
export function yesterday() { return period(addDays(shopDay(), -1)); }

/**
 * The last `count` days, today included.
 *
 * @param {number} count
 * @returns {Period}
 */
export function lastDays(count) {
  if (!Number.isInteger(count) || count < 1 || count > 3660) {
    throw invalid(`lastDays: give a whole number of days from 1 to 3660, not ${JSON.stringify(count)}`);
  }
  return period(addDays(shopDay(), 1 - count), shopDay());
}

/** @returns {Period} This week so far and to its end; weeks begin on Monday. */
export function thisWeek() {
  const first = addDays(shopDay(), -((new Date(shopDay()).getUTCDay() + 6) % 7));
  return period(first, addDays(first, 6));
}

/** @returns {Period} The Monday to Sunday before this week. */
export function lastWeek() {
  const { startDate } = thisWeek().days;
  return period(addDays(startDate, -7), addDays(startDate, -1));
}

/**
 * A whole month.
 *
 * @param {string} text - `YYYY-MM`.
 * @returns {Period}
 */
export function month(text) {
  if (typeof text !== "string" || !/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) {
    throw invalid(`month: give a month as YYYY-MM, not ${JSON.stringify(text)}`);
  }
  const [year, number] = text.split("-").map(Number);
  return period(`${text}-01`, `${text}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}`);
}

/** @returns {Period} The current month, whole. */
export function thisMonth() { return month(shopDay().slice(0, 7)); }

/** @returns {Period} The month before the current one. */
export function lastMonth() { return month(addDays(`${shopDay().slice(0, 7)}-01`, -1).slice(0, 7)); }

function millisecondsOf(instant) {
  const time = typeof instant === "number" ? instant : new Date(instant).getTime();
  if (Number.isNaN(time)) throw invalid(`not an instant: ${JSON.stringify(instant)}`);
  return time;
}

function valid(day) {
  if (typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day)) {
    const time = Date.parse(day);
    if (!Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day) return day;
  }
  throw invalid(`give a day that exists as YYYY-MM-DD, not ${JSON.stringify(day)}`);
}

/** Milliseconds the shop's clocks are ahead of UTC. */
function offsetAt(time) {
  let offset = offsets[0][1];
  for (const [since, minutes] of offsets) {
    if (since > time) break;
    offset = minutes;
  }
  return offset * 60_000;
}

/** The instant at which a shop day begins. */
function startOf(day) {
  const local = Date.parse(day);
  // Where clocks change at midnight, the offset after the change decides; try both sides.
  const first = local - offsetAt(local - offsetAt(local));
  const second = local - offsetAt(first);
  return shopDay(second) === day ? second : first;
}
