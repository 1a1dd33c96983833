// The states that every screen has besides its content: loading, empty, failed, forbidden.
import { useEffect, useErrorBoundary, useRef } from 'preact/hooks';
import { html } from './html.js';
import { words } from './format.js';
import { Clock } from './zone.js';

/** @param {{ what: string }} props */
export function Loading({ what }) {
  return html`<p class="state" role="status">Loading ${what}…</p>`;
}

/** @param {{ children?: any }} props */
export function Empty({ children }) {
  return html`<p class="state empty">${children}</p>`;
}

const ADVICE = {
  0: 'Check the connection, then try again.',
  401: 'The session has ended: sign in again.',
  403: 'This needs an administrator.',
  404: 'There is nothing at this address. It may have been mistyped.',
  429: 'Too many requests.',
  500: 'Try again. If it stays, report it with the request id.',
  503: 'The service is busy.',
};

/** Asking again gets the same answer. */
const FINAL = [403, 404];

/** Advice for refusals that do not say it themselves. */
const ADVICE_BY_CODE = {
  OWN_PAYOUT: 'A colleague has to handle it.',
  INVALID_PAYOUT_TRANSITION: 'Somebody was faster, or an earlier attempt of yours went through. Refresh to see.',
  OWN_ACCOUNT: 'A colleague has to do it.',
  LAST_ADMIN: 'Make somebody else an administrator first.',
};

const LOST = 'The answer is missing, so it may be done all the same. Close this and refresh to see.';

/**
 * @param {import('../api/errors.js').ApiError} error
 * @param {boolean} [acted]
 */
function advice(error, acted) {
  if (acted && error.status === 0) return LOST;
  const wait = error.retryAfter ? ` Try again in ${error.retryAfter} s.` : '';
  return (error.details.action ?? ADVICE_BY_CODE[error.code] ?? ADVICE[error.status] ?? '') + wait;
}

/**
 * A violation that names no field, as `rule: minimum amount, limit: 10.00`.
 * @param {object} violation
 */
const plain = (violation) => Object.entries(violation).map(([name, value]) => `${words(name)}: ${value}`).join(', ');

/**
 * A refusal: code, what the service says, the fields, the request id, and what to do. An action that was sent may have
 * been done though no answer came.
 * @param {{ error: import('../api/errors.js').ApiError, acted?: boolean, retry?: () => unknown }} props
 */
export function Failure({ error, acted, retry }) {
  if (error.status === undefined) throw error;
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [error]);
  return html`
    <div class="failure" role="alert" ref=${box}>
      <p><strong>${error.message}</strong> ${advice(error, acted)}</p>
      ${error.violations.length > 0 &&
      html`<ul>
        ${error.violations.map((one) => html`<li>${one.field ? html`<code>${one.field}</code> ${one.reason}` : plain(one)}</li>`)}
      </ul>`}
      <p class="fine"><code>${error.code}</code>${error.requestId && html` · request <code>${error.requestId}</code>`}</p>
      ${retry && !FINAL.includes(error.status) && html`<button type="button" onClick=${retry}>Try again</button>`}
    </div>
  `;
}

/**
 * The age of what is on screen, and a button to load it again.
 * @param {{ of: { at?: Date, reload: () => unknown } }} props
 */
export function AsOf({ of: { at, reload } }) {
  return html`<button type="button" onClick=${reload}>Refresh</button>
    ${at && html`<span class="fine as-of">as of <${Clock} at=${at} /></span>`}`;
}

/**
 * Shows what `useLoad` gave: loading, failure, or the content with the value.
 * @template T
 * @param {import('./hooks.js').Load<T>} of
 * @param {string} what
 * @param {(value: T) => unknown} content
 */
export function loaded(of, what, content) {
  if (of.state === 'loading') return html`<${Loading} what=${what} />`;
  if (of.state === 'failed') return html`<${Failure} error=${of.error} retry=${of.reload} />`;
  return content(/** @type {T} */ (of.value));
}

/**
 * Keeps a fault of one screen from taking the menu along.
 * @param {{ children?: any }} props
 */
export function Guarded({ children }) {
  const [fault] = useErrorBoundary();
  if (!fault) return children;
  return html`
    <div class="failure" role="alert">
      <p><strong>This screen has a fault.</strong> Load the page again. If it stays, report it with these words:</p>
      <p><code>${String(fault)}</code></p>
    </div>
  `;
}
