// The latest messages of a partner, with the verdict; for refused signatures the reason that the sender is not told.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { list } from '../api/client.js';
import { useLoad } from '../ui/hooks.js';
import { loaded } from '../ui/states.js';
import { Choice, Filters } from '../ui/filters.js';
import { Badge, Id, Pager, table, When } from '../ui/parts.js';
import { words } from '../ui/format.js';

const OUTCOMES = ['accepted', 'duplicate', 'partly_rejected', 'rejected', 'refused', 'failed'];

/** @param {{ partnerId: string }} props */
export function Inbox({ partnerId }) {
  const [outcome, setOutcome] = useState('');
  const [cursor, setCursor] = useState(null);
  const page = useLoad(() => list(`/partners/${partnerId}/deliveries`, { outcome, cursor, limit: 10 }), [partnerId, outcome, cursor]);
  const choose = (next) => {
    setCursor(null);
    setOutcome(next);
  };
  return html`
    <section aria-labelledby="inbox">
      <h2 id="inbox">Inbox</h2>
      <${Filters} list=${page}>
        <${Choice} label="Outcome" value=${outcome} options=${[['', 'all'], ...OUTCOMES.map((one) => [one, words(one)])]} change=${choose} />
      <//>
      ${loaded(page, 'deliveries', (value) => html`
        ${table({
          caption: 'Deliveries',
          rows: value.data,
          empty: 'No delivery fits.',
          columns: [
            { name: 'Received', cell: (row) => html`<${When} at=${row.received_at} />` },
            { name: 'Outcome', cell: (row) => html`<${Badge} of=${row.outcome} />` },
            { name: 'Why', cell: (row) => html`${row.code && html`<code>${row.code}</code>`} ${row.reason && words(row.reason)}` },
            { name: 'Purchase', cell: (row) => (row.batch ? counts(row) : (row.external_id ?? '–')) },
            { name: 'Message', cell: (row) => row.message_id && html`<${Id} of=${row.message_id} />` },
            { name: 'Request', cell: (row) => html`<${Id} of=${row.request_id} />` },
          ],
        })}
        <${Pager} page=${value} cursor=${cursor} go=${setCursor} />
      `)}
    </section>
  `;
}

/** @param {Api.Schema<'PartnerDelivery'>} row */
const counts = (row) => `batch: ${row.accepted} accepted, ${row.duplicates} known, ${row.rejected} rejected`;
