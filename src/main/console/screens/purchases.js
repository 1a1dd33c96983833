import { html } from '../ui/html.js';
import { list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { useQuery } from '../ui/router.js';
import { loaded } from '../ui/states.js';
import { Choice, Filters } from '../ui/filters.js';
import { Badge, MerchantLink, Money, Pager, PurchaseLink, table, When } from '../ui/parts.js';

const STATES = [['', 'all'], ...['pending', 'confirmed', 'rejected', 'reversed'].map((one) => [one, one])];

export function Purchases() {
  useScreen('Purchases');
  const [query, setQuery] = useQuery();
  const { status, user_id, merchant_id, cursor } = query;
  const page = useLoad(
    () => list('/purchases', { status, user_id, merchant_id, cursor, limit: 25 }),
    [status, user_id, merchant_id, cursor],
  );
  return html`
    <h1>Purchases</h1>
    <${Filters} list=${page}>
      <${Choice} label="State" value=${status} options=${STATES} change=${(next) => setQuery({ status: next, cursor: null })} />
      ${user_id && html`<button type="button" onClick=${() => setQuery({ user_id: null, cursor: null })}>Of all users</button>`}
      ${merchant_id && html`<button type="button" onClick=${() => setQuery({ merchant_id: null, cursor: null })}>At all merchants</button>`}
    <//>
    ${loaded(page, 'purchases', (value) => html`
      <${PurchaseTable} rows=${value.data} />
      <${Pager} page=${value} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/** @param {{ rows: Api.Schema<'Purchase'>[] }} props */
export function PurchaseTable({ rows }) {
  return table({
    caption: 'Purchases',
    rows,
    empty: 'No purchase fits.',
    columns: [
      { name: 'Purchase', cell: (row) => html`<${PurchaseLink} id=${row.id}>${row.external_id}<//>` },
      { name: 'Bought', cell: (row) => html`<${When} at=${row.purchased_at} />` },
      { name: 'Merchant', cell: (row) => html`<${MerchantLink} id=${row.merchant_id}>${row.merchant_name}<//>` },
      { name: 'State', cell: (row) => html`<${Badge} of=${row.status} />${row.cashback_status === 'held' && html`<${Held} until=${row.payable_at} />`}` },
      { name: 'Amount', number: true, cell: (row) => html`<${Money} of=${row.amount} />` },
      { name: 'Cashback', number: true, cell: (row) => html`<${Money} of=${row.cashback_amount} />` },
    ],
  });
}

/**
 * Confirmed, and not available yet.
 * @param {{ until: string | null }} props
 */
function Held({ until }) {
  return html` <${Badge} of="held" />${until && html`<br /><span class="fine">until <${When} at=${until} /></span>`}`;
}
