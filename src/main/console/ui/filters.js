// Filters of lists. They stand in the address, so that a filtered list can be sent to somebody.
import { html } from './html.js';
import { AsOf } from './states.js';

/**
 * One of few values: `[[value, name], …]`.
 * @param {{ label: string, value?: string, options: [string, string][], change: (value: string) => void }} props
 */
export function Choice({ label, value, options, change }) {
  return html`<label>${label}
    <select value=${value ?? ''} onChange=${(event) => change(event.target.value)}>
      ${options.map(([one, name]) => html`<option value=${one}>${name}</option>`)}
    </select>
  </label>`;
}

/**
 * A text; it filters once it is left or Enter is pressed.
 * @param {{ label: string, value?: string, change: (value: string) => void, [attribute: string]: any }} props
 */
export function TextFilter({ label, value, change, ...input }) {
  return html`<label>${label}
    <input value=${value ?? ''} onChange=${(event) => change(event.target.value.trim())} ...${input} />
  </label>`;
}

/**
 * All filters of a list that `useLoad` gave, how old it is, and a button to load it again.
 * @param {{ list: import('./hooks.js').Load<unknown>, children?: any }} props
 */
export function Filters({ list, children }) {
  return html`<form class="filters" onSubmit=${(event) => event.preventDefault()}>
    ${children}
    <${AsOf} of=${list} />
  </form>`;
}
