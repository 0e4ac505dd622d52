/**
 * Line and bar charts as pictures (SVG): return one as the script's value.
 *
 * A chart returned as the value, or as a member of it, reaches the user as MCP image content of type `image/svg+xml`;
 * clients that show no SVG show nothing of it, so return the figures too. Cost: none.
 *
 * @keywords grafico grafica dibujo imagen chart graph plot picture image line bar svg visualize
 */
/**
 * @typedef {Object} Chart
 * @property {"image"} type
 * @property {"image/svg+xml"} mimeType
 * @property {string} title
 * @property {string} svg
 */
import { invalid } from "./check.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 360, 64, 16, 40, 56];

/**
 * @param {Object} params
 * @param {string} params.title
 * @param {string[]} params.labels - One per value.
 * @param {number[]} params.values
 * @returns {Chart}
 */
export function lineChart({ title, labels, values } = {}) {
  return draw("lineChart", title, labels, values, (x, y) => {
    const points = values.map((value, i) => `${x(i)},${y(value)}`);
    return `<polyline fill="none" stroke="#2563eb" stroke-width="2" points="${points.join(" ")}"/>`
      + (values.length > 60 ? "" : points.map((point) => {
        const [cx, cy] = point.split(",");
        return `<circle cx="${cx}" cy="${cy}" r="3" fill="#2563eb"/>`;
      }).join(""));
  });
}

/**
 * @param {Object} params
 * @param {string} params.title
 * @param {string[]} params.labels - One per value.
 * @param {number[]} params.values
 * @returns {Chart}
 */
export function barChart({ title, labels, values } = {}) {
  return draw("barChart", title, labels, values, (x, y, step) => values.map((value, i) => {
    const [top, base] = [Math.min(y(value), y(0)), Math.max(y(value), y(0))];
    const width = round(step * 0.7);
    return `<rect x="${round(x(i) - width / 2)}" y="${top}" width="${width}" height="${round(base - top)}" fill="#2563eb"/>`;
  }).join(""));
}

function draw(name, title, labels, values, marks) {
  const isFine = Array.isArray(labels) && Array.isArray(values) && labels.length === values.length && values.length > 0
    && values.length <= 500 && values.every(Number.isFinite);
  if (!isFine) {
    throw invalid(`${name}: give { title, labels, values } with as many labels as numbers, 1 to 500`);
  }
  const most = nice(Math.max(0, ...values));
  const least = -nice(Math.max(0, ...values.map((value) => -value)));
  const span = most - least || 1;
  const step = (WIDTH - LEFT - RIGHT) / values.length;
  const x = (i) => round(LEFT + step * (i + 0.5));
  const y = (value) => round(TOP + (HEIGHT - TOP - BOTTOM) * (most - value) / span);
  const grid = [0, 1, 2, 3, 4].map((i) => {
    const value = least + span * i / 4;
    return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" stroke="#ddd"/>`
      + `<text x="${LEFT - 6}" y="${round(y(value) + 4)}" text-anchor="end">${round(value)}</text>`;
  }).join("");
  const every = Math.ceil(values.length / 12);
  const names = labels.map((label, i) => i % every !== 0 ? ""
    : `<text x="${x(i)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${escape(String(label).slice(0, 14))}</text>`).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" `
    + `font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>`
    + `<text x="${WIDTH / 2}" y="22" text-anchor="middle" font-size="15">${escape(String(title ?? "").slice(0, 80))}</text>`
    + `${grid}${names}${marks(x, y, step)}</svg>`;
  return { type: "image", mimeType: "image/svg+xml", title: String(title ?? "").slice(0, 80), svg };
}

/** The least of 1, 2, 2.5, 5 or 10 times a power of ten that is not below. */
function nice(value) {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].find((factor) => factor * power >= value * (1 - 1e-12)) * power;
}

function round(value) { return Math.round(value * 100) / 100; }

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g, "");
}
