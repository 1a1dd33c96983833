import { html } from '../ui/html.js';
import { get } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { useQuery } from '../ui/router.js';
import { Empty, loaded } from '../ui/states.js';
import { Pager } from '../ui/parts.js';
import { decimal, terms, utcDay } from '../ui/format.js';

export function ShopperOffers() {
  useScreen('Offers');
  const [{ cursor }, setQuery] = useQuery();
  const page = useLoad(() => get('/offers/active', { cursor, limit: 20 }), [cursor]);
  return html`
    <h1>Offers of today</h1>
    ${loaded(page, 'offers', ({ data, pagination }) => html`
      ${data.length === 0 && html`<${Empty}>There is no offer today.<//>`}
      <ul class="cards">
        ${data.map((offer) => html`<li key=${offer.id}>
          <p><strong>${offer.merchant_name}</strong> <span class="fine">until ${utcDay(offer.end_date)}, at most ${decimal(offer.monthly_cap)} EUR a month</span></p>
          <p class="earned"><strong>${terms(offer)}</strong></p>
        </li>`)}
      </ul>
      <${Pager} page=${{ pagination }} cursor=${cursor} go=${(next) => setQuery({ cursor: next })} />
    `)}
  `;
}
