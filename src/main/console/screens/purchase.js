// One purchase: why its cashback is what it is, as a story that can be read aloud, and what can be done about it.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link } from '../ui/router.js';
import { AsOf, loaded } from '../ui/states.js';
import { Outcome } from '../ui/ask.js';
import { Badge, Facts, Id, MerchantLink, Money, table, When } from '../ui/parts.js';
import { terms as given, words } from '../ui/format.js';
import { NamedUser } from './users.js';
import { Story } from './purchase-story.js';
import { PurchaseActions } from './purchase-actions.js';

/** @param {{ id: string }} props */
export function Purchase({ id }) {
  const both = useLoad(() => Promise.all([get(`/purchases/${id}/explanation`), get(`/purchases/${id}`)]), [id]);
  const name = both.value?.[0].external_id;
  useScreen(`Purchase ${name ?? id}`);
  const [outcome, setOutcome] = useState(/** @type {string | null} */ (null));
  const acted = (text) => {
    setOutcome(text);
    both.reload();
  };
  return html`<h1>Purchase ${name}</h1><${Outcome}>${outcome}<//>${loaded(both, 'the purchase', ([purchase, { merchant_name }]) => html`
    <p class="headline">
      <${Money} of=${purchase.amount} currency=${purchase.currency} /> <${Badge} of=${purchase.status} />
      <span>Cashback <${Money} of=${purchase.cashback_amount} currency=${purchase.currency} /> <${Badge} of=${purchase.cashback_status} /></span>
      <span class="fresh"><${AsOf} of=${both} /></span>
    </p>
    <${PurchaseActions} purchase=${purchase} acted=${acted} />
    <section aria-labelledby="story">
      <h2 id="story">What happened</h2>
      <${Story} of=${purchase} />
      <p class="next"><strong>Next:</strong> ${purchase.next.message} ${purchase.next.due_at && html`Due <${When} at=${purchase.next.due_at} />.`}</p>
    </section>
    <section aria-labelledby="journal">
      <h2 id="journal">Movements of money</h2>
      ${table({
        caption: 'Movements of money',
        rows: purchase.journal,
        empty: 'No money has moved yet.',
        columns: [
          { name: 'Movement', cell: (row) => words(row.type) },
          { name: 'From', cell: (row) => row.from ?? '–' },
          { name: 'To', cell: (row) => row.to ?? '–' },
          { name: 'When', cell: (row) => html`<${When} at=${row.created_at} />` },
          { name: 'Amount', number: true, cell: (row) => html`<${Money} of=${row.amount} />` },
        ],
      })}
    </section>
    <${Report} of=${purchase} />
    <section aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <${Facts} of=${[
        ['Id', html`<${Id} of=${purchase.id} />`],
        ['User', html`<${NamedUser} id=${purchase.user_id} />`],
        ['Merchant', html`<${MerchantLink} id=${purchase.merchant_id}>${merchant_name}<//>`],
        ['Terms', terms(purchase.calculation)],
        ['Reported by', purchase.source === 'user' ? 'the user' : html`<${Link} to=${`/console/partners/${purchase.source}`}>a partner<//>`],
        purchase.order && ['Order', purchase.order.order_ref],
        purchase.order?.user_external_id && ['Submitted by the user as', purchase.order.user_external_id],
        purchase.click && ['Click', html`<${Id} of=${purchase.click.id} />`],
        ['Bought', html`<${When} at=${purchase.purchased_at} />`],
        ['Received', html`<${When} at=${purchase.created_at} />`],
        ['Payable', purchase.payable_at ? html`<${When} at=${purchase.payable_at} />` : 'not known yet'],
        purchase.hold && ['Days of hold', purchase.hold.hold_days],
        ['Refunded', html`<${Money} of=${purchase.refunded_amount} />`],
      ]} />
    </section>
  `)}`;
}

/** @param {Api.Schema<'Calculation'>} calculation */
function terms(calculation) {
  if (calculation.basis !== 'offer') return `the merchant’s default, ${calculation.cashback_value} %`;
  return html`<${Link} to=${`/console/offers/${calculation.offer_id}`}>an offer<//> of ${given(calculation)}, at most ${calculation.monthly_cap} EUR a month`;
}

/**
 * The words of the sender, whatever has changed since.
 * @param {{ of: Api.Schema<'PurchaseExplanation'> }} props
 */
function Report({ of: { external_id, user_id, merchant_id, calculation, currency, purchased_at, order, click } }) {
  const told = { external_id, user_id, merchant_id, amount: calculation.amount, currency, purchased_at, order_ref: order?.order_ref, click_id: click?.id };
  return html`<section aria-labelledby="report">
    <h2 id="report">As it was reported</h2>
    <pre tabindex="0" aria-label="The report">${JSON.stringify(told, null, 2)}</pre>
    <p class="fine">All members that count are kept; the body of the request is not. Without a time of the sender, the time of receipt stands.</p>
  </section>`;
}
