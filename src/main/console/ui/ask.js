// A question in front of an action: what it will do, the fields that it needs, and why it was refused.
import { html } from './html.js';
import { useAction } from './hooks.js';
import { Failure } from './states.js';
import { Dialog } from './parts.js';

/**
 * `act` gets the values of the form and calls the service; what it answers goes to `done`. The content is a function of
 * the refusal, so that fields can show their part of it. Until it is `ready` it cannot be confirmed.
 * @param {{ title: string, verb: string, danger?: boolean, ready?: boolean, act: (values: Record<string, string>) => Promise<any>, close: () => void, done: (answer: any) => void, children?: any }} props
 */
export function Ask({ title, verb, danger, ready = true, act, close, done, children }) {
  const action = useAction(act);
  const submit = async (event) => {
    event.preventDefault();
    const answer = await action.run(valuesOf(event.target));
    if (answer === undefined) return;
    close();
    done(answer);
  };
  return html`
    <${Dialog} title=${title} close=${close}>
      <form onSubmit=${submit}>
        ${children(action.error)}
        ${action.error && html`<${Failure} error=${action.error} acted />`}
        <p class="actions">
          <button type="button" onClick=${close}>Cancel</button>
          <button class=${danger ? 'danger' : 'main'} disabled=${action.busy || !ready}>${verb}</button>
        </p>
      </form>
    <//>
  `;
}

/**
 * The members that a form has given another value. A change tells nothing else: what was left alone, somebody else may
 * have changed since it was shown.
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 */
export function changed(before, after) {
  const text = (/** @type {any} */ value) => String(value ?? '');
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => text(value) !== text(before[name])));
}

/**
 * The texts of a form by name, without blanks around them.
 * @param {HTMLFormElement} form
 */
export function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
}

/**
 * Tells what an action has done; read aloud when it appears.
 * @param {{ children?: any }} props
 */
export function Outcome({ children }) {
  return html`<div role="status">${children && html`<p class="outcome">${children}</p>`}</div>`;
}
