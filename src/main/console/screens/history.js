// The times in which a merchant or an offer was active, each with what it gave then.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { useLoad } from '../ui/hooks.js';
import { loaded } from '../ui/states.js';
import { Pager, table, When } from '../ui/parts.js';

/**
 * Columns show what a stretch of time gave. A new `key` loads it again.
 * @param {{ load: (query: { cursor: string | null, limit: number }) => Promise<any>,
 *   columns: { name: string, number?: boolean, cell: (row: any) => unknown }[] }} props
 */
export function History({ load, columns }) {
  const [cursor, setCursor] = useState(null);
  const page = useLoad(() => load({ cursor, limit: 10 }), [cursor]);
  return html`
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      <p class="fine">A purchase earns by what was in force when it was made.</p>
      ${loaded(page, 'the history', (value) => html`
        ${table({
          caption: 'History',
          rows: value.data.map((row) => ({ ...row, id: row.active_from ?? 'beginning' })),
          empty: 'It was never active.',
          columns: [
            { name: 'From', cell: (row) => (row.active_from ? html`<${When} at=${row.active_from} />` : 'the beginning') },
            { name: 'Until', cell: (row) => (row.active_until ? html`<${When} at=${row.active_until} />` : 'now') },
            ...columns,
          ],
        })}
        <${Pager} page=${value} cursor=${cursor} go=${setCursor} />
      `)}
    </section>
  `;
}
