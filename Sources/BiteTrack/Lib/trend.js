/**
 * Linear trend and forecast of a series, and moving averages.
 *
 * A straight line fitted by least squares: honest for a few weeks of a steady shop, not for seasons. Cost: none.
 *
 * @keywords tendencia pronostico prediccion proyeccion forecast predict prediction projection regression growth trend
 *   moving average next week next month pronostico de ventas
 */
import { invalid } from "./check.js";

/**
 * The line `intercept + slope × place` nearest to the values; `r2` tells how well it fits, 0 to 1.
 *
 * @param {number[]} values - At least two, one per period, oldest first.
 * @returns {{slope: number, intercept: number, r2: number}}
 */
export function trend(values) {
  if (!Array.isArray(values) || values.length < 2 || !values.every(Number.isFinite)) {
    throw invalid("trend: give an array of at least two numbers, oldest first");
  }
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  let [across, along, all] = [0, 0, 0];
  values.forEach((value, place) => {
    across += (place - middle) * (value - mean);
    along += (place - middle) ** 2;
    all += (value - mean) ** 2;
  });
  const slope = across / along;
  return { slope, intercept: mean - slope * middle, r2: all === 0 ? 1 : (slope * across) / all };
}

/**
 * The next `count` values if the trend goes on; never below 0.
 *
 * @param {number[]} values
 * @param {number} count
 * @returns {number[]}
 */
export function forecast(values, count) {
  const { slope, intercept } = trend(values);
  return Array.from({ length: count }, (_, i) => Math.max(0, intercept + slope * (values.length + i)));
}

/**
 * The average of each value and the `width` - 1 before it; null where there are too few.
 *
 * @param {number[]} values
 * @param {number} width
 * @returns {(number|null)[]}
 */
export function movingAverage(values, width) {
  return values.map((_, i) => i + 1 < width ? null
    : values.slice(i + 1 - width, i + 1).reduce((a, b) => a + b, 0) / width);
}
