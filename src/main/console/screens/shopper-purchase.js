// The reasons for what a purchase earned, told to the one who bought.
import { html } from '../ui/html.js';
import { get } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link } from '../ui/router.js';
import { AsOf, loaded } from '../ui/states.js';
import { Badge, Money, When } from '../ui/parts.js';
import { Story } from './purchase-story.js';

/** @param {{ id: string }} props */
export function ShopperPurchase({ id }) {
  useScreen('Your purchase');
  const both = useLoad(() => Promise.all([get(`/purchases/${id}`), get(`/purchases/${id}/explanation`)]), [id]);
  return html`<h1>Your purchase</h1>${loaded(both, 'the purchase', ([purchase, explanation]) => html`
    <p class="headline"><span>${purchase.merchant_name}</span> <${Money} of=${purchase.amount} currency=${purchase.currency} /></p>
    <p class="headline"><span>Cashback <${Money} of=${explanation.cashback_amount} currency=${purchase.currency} /></span>
      <${Badge} of=${explanation.cashback_status ?? explanation.status} /></p>
    <section aria-labelledby="story">
      <h2 id="story">How this came about</h2>
      <${Story} of=${explanation} mine />
      <p class="next"><strong>Next:</strong> ${explanation.next.message} ${explanation.next.due_at && html`Due <${When} at=${explanation.next.due_at} />.`}</p>
    </section>
    <p class="actions"><${AsOf} of=${both} /></p>
    <p class="fine">Questions? Tell support this number: <code>${explanation.external_id}</code></p>
    <p><${Link} to="/app/purchases">All purchases<//></p>
  `)}`;
}
