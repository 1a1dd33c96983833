// Lines over time. The picture is for the eye; its label says the same in words.
import { html } from './html.js';

const WIDTH = 600;
const HEIGHT = 120;
const STYLES = ['first', 'second'];

/** Written as amounts are: a browser of another language would write a thousand as "1.000" beside "1,000.00". */
const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const number = (/** @type {number} */ value) => NUMBER.format(value);

/**
 * `lines` are `[{ name, values }]`, each value the one of `times` at its place; `span` is the time that the width stands
 * for, in milliseconds, and ends with the last of `times`.
 * @param {{ title: string, lines: { name: string, values: number[] }[], times: number[], span: number }} props
 */
export function Chart({ title, lines, times, span }) {
  const highest = Math.max(...lines.flatMap((line) => line.values));
  const top = Math.max(1, highest);
  const end = times[times.length - 1];
  const points = (values) =>
    values
      .map((value, i) => `${(WIDTH * (1 - (end - times[i]) / span)).toFixed(1)},${(HEIGHT * (1 - value / top)).toFixed(1)}`)
      .join(' ');
  return html`
    <figure class="chart">
      <figcaption>
        <strong>${title}</strong>
        ${lines.map(
          (line, i) => html`<span class="legend">
            <svg viewBox="0 0 24 8" aria-hidden="true"><line class=${STYLES[i]} x1="0" y1="4" x2="24" y2="4" /></svg>
            ${line.name} <span class="money">${number(line.values[line.values.length - 1])}</span>
          </span>`,
        )}
      </figcaption>
      <svg
        class="plot"
        role="img"
        aria-label=${`${title}, the last ${span / 60_000} minutes: ${lines.map(inWords).join('; ')}`}
        viewBox=${`0 -2 ${WIDTH} ${HEIGHT + 4}`}
        preserveAspectRatio="none"
      >
        ${lines.map((line, i) => html`<polyline class=${STYLES[i]} points=${points(line.values)} />`)}
      </svg>
      <p class="scale fine" aria-hidden="true"><span>${span / 60_000} min ago</span><span>highest ${number(highest)}</span><span>now</span></p>
    </figure>
  `;
}

/** @param {{ name: string, values: number[] }} props */
function inWords({ name, values }) {
  return `${name} now ${number(values[values.length - 1])}, lowest ${number(Math.min(...values))}, highest ${number(Math.max(...values))}`;
}
