// The ways of a shopper to shops: what each promised, until when, and what came of it.
import { html } from '../ui/html.js';
import { list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link, useQuery } from '../ui/router.js';
import { AsOf, Empty, loaded } from '../ui/states.js';
import { Badge, Money, Pager, When } from '../ui/parts.js';
import { promised } from '../ui/format.js';

export function ShopperVisits() {
  useScreen('Your visits');
  const [{ cursor }, setQuery] = useQuery();
  const page = useLoad(() => list('/users/me/clicks', { cursor, limit: 20 }), [cursor]);
  return html`
    <h1>Your visits to shops</h1>
    ${loaded(page, 'your visits', (value) => html`
      <p class="actions"><${AsOf} of=${page} /></p>
      ${value.data.length === 0 && html`<${Empty}>You have not gone to a shop from here. <${Link} to="/app/offers">See the offers of today<//>.<//>`}
      <ul class="cards">${value.data.map((visit) => html`<${Visit} key=${visit.id} of=${visit} />`)}</ul>
      <${Pager} page=${value} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/** @param {{ of: Api.Schema<'KeptClick'> }} props */
function Visit({ of: visit }) {
  const over = Date.parse(visit.expires_at) <= Date.now();
  return html`<li>
    <p><strong>${visit.merchant_name}</strong> <span class="fine">went there <${When} at=${visit.issued_at} /></span></p>
    <p class="whole"><strong>${promised(visit)}</strong></p>
    <p class="whole fine">${over ? 'A purchase counted until' : 'A purchase counts until'} <${When} at=${visit.expires_at} />.
      ${visit.hold_days > 0 && ` Its cashback becomes available ${visit.hold_days} days after the shop confirms it.`}</p>
    ${visit.purchases.length === 0
      ? html`<p class="whole">No purchase has come of it${over ? '' : ' yet. It takes the shop a while to report one'}.</p>`
      : visit.purchases.map((one) => html`<p class="whole" key=${one.id}><${Link} to=${`/app/purchases/${one.id}`}>Bought for <${Money} of=${one.amount} currency=${one.currency} /><//>:
          cashback <${Money} of=${one.cashback_amount} currency=${one.currency} /> <${Badge} of=${one.status} /></p>`)}
  </li>`;
}
