/**
 * Runs a workflow's named steps in order; each gets what the earlier ones found.
 *
 * A step is a named async function of the state that returns members to add. `until` stops after a step and returns the
 * state, `state` goes on from one. Cost: that of the steps.
 */
import { invalid, nearest } from "./check.js";

/**
 * @param {string} name - Of the workflow, for errors.
 * @param {function[]} steps
 * @param {Object} state
 * @param {{until?: string, from?: string}} [options] - Names of steps.
 * @returns {Promise<Object>} The state after the last step.
 */
export async function runSteps(name, steps, state, { until, from } = {}) {
  const names = steps.map((step) => step.name);
  const place = (step) => {
    if (names.includes(step)) return names.indexOf(step);
    const guess = nearest(step, names);
    throw invalid(`${name}: no step ${JSON.stringify(step)}${guess ? `; did you mean ${guess}?` : ""}`, `Steps: ${names.join(", ")}`);
  };
  const last = until === undefined ? steps.length - 1 : place(until);
  let current = { ...state };
  for (let i = from === undefined ? 0 : place(from); i <= last; i += 1) {
    current = { ...current, ...(await steps[i](current)), step: names[i] };
  }
  return current;
}
