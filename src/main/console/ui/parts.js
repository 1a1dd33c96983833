// Small parts that screens are made of.
import { useEffect, useId, useRef } from 'preact/hooks';
import { html } from './html.js';
import { amount, localDay, localTime, utcDay, utcTime, words } from './format.js';
import { Link } from './router.js';
import { useUtc } from './zone.js';

/** @param {{ of: string | null | undefined, currency?: string }} props */
export function Money({ of, currency }) {
  if (of === null || of === undefined) return html`<span class="money">–</span>`;
  return html`<span class=${`money ${of.startsWith('-') ? 'negative' : ''}`}>${amount(of)}${currency ? ` ${currency}` : ''}</span>`;
}

/**
 * A time in the zone that the reader has chosen; the other one on hover.
 * @param {{ at: string | null | undefined }} props
 */
export function When({ at }) {
  const utc = useUtc();
  if (!at) return html`<span>–</span>`;
  return html`<time datetime=${at} title=${utc ? localTime(at) : utcTime(at)}>${utc ? utcTime(at) : localTime(at)}</time>`;
}

/**
 * The day of a time, likewise.
 * @param {{ at: string }} props
 */
export function Day({ at }) {
  const utc = useUtc();
  return html`<time datetime=${at} title=${utcTime(at)}>${utc ? utcDay(at.slice(0, 10)) : localDay(at)}</time>`;
}

const TONES = {
  good: ['confirmed', 'available', 'completed', 'active', 'accepted', 'applied', 'on'],
  bad: ['rejected', 'reversed', 'failed', 'refused', 'expired', 'inactive', 'erased', 'off', 'ended', 'in_the_way'],
  waiting: ['upcoming', 'pending', 'requested', 'processing', 'held', 'parked', 'partly_rejected', 'draft'],
};

/**
 * A state as a word; colour only repeats what the word says.
 * @param {{ of: string | null | undefined }} props
 */
export function Badge({ of }) {
  if (!of) return html`<span class="badge">not yet</span>`;
  const tone = Object.keys(TONES).find((one) => TONES[one].includes(of)) ?? 'plain';
  return html`<span class=${`badge ${tone}`}>${words(of)}</span>`;
}

/** @param {{ of: string }} props */
export function Id({ of }) {
  return html`<code class="id">${of}</code>`;
}

/**
 * Name and value in rows: `[[name, value], …]`.
 * @param {{ of: ([string, unknown] | '' | false | null)[] }} props
 */
export function Facts({ of }) {
  return html`<dl class="facts">
    ${of.flatMap((row) => (row ? [row] : [])).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? '–'}</dd></div>`)}
  </dl>`;
}

/**
 * A table. On a narrow screen each row is a card with the names of the columns in it; the roles keep it a table for those
 * who listen. The first cell is the head of its row.
 * @template {{ id?: string | number | null }} Row
 * @param {{ caption: string, rows: Row[], empty?: string,
 *   columns: { name: string, number?: boolean, cell: (row: Row) => unknown }[] }} content
 */
export function table({ caption, columns, rows, empty }) {
  if (rows.length === 0) return html`<p class="state empty">${empty ?? 'Nothing here.'}</p>`;
  return html`
    <div class="scroll" tabindex="0" role="group" aria-label=${caption}>
      <table role="table">
        <caption class="hidden">${caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            ${columns.map((column) => html`<th role="columnheader" scope="col" class=${column.number ? 'number' : ''}>${column.name}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows.map(
            (row) => html`<tr role="row" key=${row.id}>
              ${columns.map((column, index) =>
                index === 0
                  ? html`<th role="rowheader" scope="row">${column.cell(row)}</th>`
                  : html`<td role="cell" class=${column.number ? 'number' : ''} data-name=${column.name}><div>${column.cell(row)}</div></td>`,
              )}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  `;
}

/**
 * A labelled input; the reason for a refusal stands below it and is read with it.
 * @param {{ label: string, name: string, hint?: string, error?: string | false, children?: any, [attribute: string]: any }} props
 */
export function Field({ label, name, hint, error, children, ...input }) {
  const id = `field-${name}`;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const shared = { id, name, 'aria-describedby': described, 'aria-invalid': error ? 'true' : undefined };
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      ${children ? children(shared) : html`<input ...${shared} ...${input} />`}
      ${hint && html`<p class="fine" id=${`${id}-hint`}>${hint}</p>`}
      ${error && html`<p class="field-error" id=${`${id}-error`}>${error}</p>`}
    </div>
  `;
}

/**
 * The reason that the service gave for refusing one field, or undefined.
 * @param {import('../api/errors.js').ApiError | null | undefined} error
 * @param {string} field
 */
export function reasonFor(error, field) {
  return error?.violations?.find((one) => one.field === field)?.reason;
}

/**
 * A dialog in front of everything; Escape and a click on Cancel close it. The focus then goes back to where it was. An
 * opaque one hides what is behind it.
 * @param {{ title: string, opaque?: boolean, close: () => void, children?: any }} props
 */
export function Dialog({ title, opaque, close, children }) {
  const id = useId();
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      shown?.close();
      if (document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true });
    };
  }, []);
  return html`
    <dialog ref=${dialog} class=${opaque ? 'opaque' : ''} aria-labelledby=${id} onCancel=${(event) => { event.preventDefault(); close(); }}>
      <h2 id=${id}>${title}</h2>
      ${children}
    </dialog>
  `;
}

/**
 * The end of a page of a list: forward by cursor, back to the start.
 * @param {{ page: { pagination: Api.Schema<'Pagination'> }, cursor?: string | null, go: (cursor: string | null) => void }} props
 */
export function Pager({ page, cursor, go }) {
  const next = page.pagination.next_cursor;
  if (!next && !cursor) return null;
  return html`<p class="pager">
    ${cursor && html`<button type="button" onClick=${() => go(null)}>Back to the newest</button>`}
    ${next && html`<button type="button" onClick=${() => go(next)}>Older</button>`}
  </p>`;
}

/** @param {{ id: string, children?: any }} props */
export function PurchaseLink({ id, children }) {
  return html`<${Link} to=${`/console/purchases/${id}`}>${children ?? id}<//>`;
}

/** @param {{ id: string, children?: any }} props */
export function UserLink({ id, children }) {
  return html`<${Link} to=${`/console/users/${id}`}>${children ?? id}<//>`;
}

/** @param {{ id: string, children?: any }} props */
export function MerchantLink({ id, children }) {
  return html`<${Link} to=${`/console/merchants/${id}`}>${children ?? id}<//>`;
}
