import { html } from '../ui/html.js';
import { get } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { useQuery } from '../ui/router.js';
import { Loaded } from '../ui/states.js';
import { Badge, MerchantLink, Money, Pager, PurchaseLink, Table, When } from '../ui/parts.js';

const STATES = ['pending', 'confirmed', 'rejected', 'reversed'];

export function Purchases() {
  useScreen('Purchases');
  const [query, setQuery] = useQuery();
  const { status, user_id, merchant_id, cursor } = query;
  const page = useLoad(
    () => get('/purchases', { status, user_id, merchant_id, cursor, limit: 25 }),
    [status, user_id, merchant_id, cursor],
  );
  return html`
    <h1>Purchases</h1>
    <form class="filters" onSubmit=${(event) => event.preventDefault()}>
      <label>State
        <select value=${status ?? ''} onChange=${(event) => setQuery({ status: event.target.value, cursor: null })}>
          <option value="">all</option>
          ${STATES.map((one) => html`<option value=${one}>${one}</option>`)}
        </select>
      </label>
      <button type="button" onClick=${page.reload}>Refresh</button>
    </form>
    <${Loaded} of=${page} what="purchases">${(value) => html`
      <${PurchaseTable} rows=${value.data} />
      <${Pager} page=${value} cursor=${cursor} go=${(next) => setQuery({ cursor: next })} />
    `}<//>
  `;
}

export function PurchaseTable({ rows }) {
  return html`<${Table}
    caption="Purchases"
    rows=${rows}
    empty="No purchase fits."
    columns=${[
      { name: 'Purchase', cell: (row) => html`<${PurchaseLink} id=${row.id}>${row.external_id}<//>` },
      { name: 'Bought', cell: (row) => html`<${When} at=${row.purchased_at} />` },
      { name: 'Merchant', cell: (row) => html`<${MerchantLink} id=${row.merchant_id}>${row.merchant_name}<//>` },
      { name: 'State', cell: (row) => html`<${Badge} of=${row.status} />` },
      { name: 'Amount', number: true, cell: (row) => html`<${Money} of=${row.amount} />` },
      { name: 'Cashback', number: true, cell: (row) => html`<${Money} of=${row.cashback_amount} />` },
    ]}
  />`;
}
