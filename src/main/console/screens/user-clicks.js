// The clicks of a user: what each promised, until when, and what came of it.
import { html } from '../ui/html.js';
import { Badge, Id, MerchantLink, Money, PurchaseLink, table, When } from '../ui/parts.js';
import { promised } from '../ui/format.js';

/** @param {{ rows: Api.Schema<'KeptClick'>[] }} props */
export function ClickTable({ rows }) {
  return table({
    caption: 'Clicks',
    rows,
    empty: 'The user has gone to no shop by a click.',
    columns: [
      { name: 'Went there', cell: (row) => html`<${When} at=${row.issued_at} />` },
      { name: 'Merchant', cell: (row) => html`<${MerchantLink} id=${row.merchant_id}>${row.merchant_name}<//>` },
      { name: 'Promised', cell: promised },
      { name: 'A purchase counts until', cell: (row) => html`<${When} at=${row.expires_at} />` },
      { name: 'What came of it', cell: (row) => html`<${Came} of=${row} />` },
      { name: 'Click', cell: (row) => html`<${Id} of=${row.id} />` },
    ],
  });
}

/** @param {{ of: Api.Schema<'KeptClick'> }} props */
function Came({ of: { purchases } }) {
  if (purchases.length === 0) return 'no purchase';
  return purchases.map((one) => html`<span class="line" key=${one.id}><${PurchaseLink} id=${one.id}>${one.external_id}<//>${' '}
    <${Money} of=${one.amount} /> <${Badge} of=${one.status} /></span>`);
}
