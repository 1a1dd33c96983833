import { html } from '../ui/html.js';
import { list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link, useQuery } from '../ui/router.js';
import { AsOf, Empty, loaded } from '../ui/states.js';
import { Badge, Day, Money, Pager } from '../ui/parts.js';

export function ShopperPurchases() {
  useScreen('Your purchases');
  const [{ cursor }, setQuery] = useQuery();
  const page = useLoad(() => list('/users/me/purchases', { cursor, limit: 20 }), [cursor]);
  return html`
    <h1>Your purchases</h1>
    ${loaded(page, 'your purchases', (value) => html`
      <p class="actions"><${AsOf} of=${page} /></p>
      <${PurchaseCards} rows=${value.data} />
      <${Pager} page=${value} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/** @param {{ rows: Api.Schema<'Purchase'>[] }} props */
export function PurchaseCards({ rows }) {
  if (rows.length === 0) return html`<${Empty}>No purchase has arrived yet. It takes the shop a while to report one.<//>`;
  return html`<ul class="cards">
    ${rows.map((row) => html`<li key=${row.id}>
      <p><${Link} to=${`/app/purchases/${row.id}`}>${row.merchant_name}, <${Money} of=${row.amount} currency=${row.currency} /><//>
        <span class="fine"><${Day} at=${row.purchased_at} /></span></p>
      <p class="earned"><strong><${Money} of=${row.cashback_amount} currency=${row.currency} /></strong> <${Badge} of=${row.cashback_status ?? row.status} /></p>
    </li>`)}
  </ul>`;
}
