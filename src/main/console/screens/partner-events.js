// The words of a partner about its purchases, with what became of them; first of all those without effect.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { list } from '../api/client.js';
import { useLoad } from '../ui/hooks.js';
import { loaded } from '../ui/states.js';
import { Choice, Filters } from '../ui/filters.js';
import { Badge, Pager, PurchaseLink, table, When } from '../ui/parts.js';
import { words } from '../ui/format.js';

const OUTCOMES = ['refused', 'expired', 'parked', 'applied'];

/** @param {{ partnerId: string }} props */
export function Events({ partnerId }) {
  const [outcome, setOutcome] = useState('');
  const [cursor, setCursor] = useState(null);
  const page = useLoad(() => list(`/partners/${partnerId}/events`, { outcome, cursor, limit: 10 }), [partnerId, outcome, cursor]);
  const choose = (next) => {
    setCursor(null);
    setOutcome(next);
  };
  return html`
    <section aria-labelledby="events">
      <h2 id="events">Events</h2>
      <${Filters} list=${page}>
        <${Choice} label="What became of it" value=${outcome} options=${[['', 'all'], ...OUTCOMES.map((one) => [one, words(one)])]} change=${choose} />
      <//>
      ${loaded(page, 'events', (value) => html`
        ${table({
          caption: 'Events',
          rows: value.data,
          empty: 'No event fits.',
          columns: [
            { name: 'Received', cell: (row) => html`<${When} at=${row.received_at} />` },
            { name: 'Event', cell: (row) => row.type.replace('purchase.', '') },
            { name: 'Purchase', cell: (row) => (row.purchase_id ? html`<${PurchaseLink} id=${row.purchase_id}>${row.external_id}<//>` : row.external_id) },
            { name: 'What became of it', cell: (row) => html`<${Badge} of=${row.outcome} />` },
            { name: 'Why', cell: (row) => html`${row.code && html`<code>${row.code}</code>`} ${row.message}` },
          ],
        })}
        <${Pager} page=${value} cursor=${cursor} go=${setCursor} />
      `)}
    </section>
  `;
}
