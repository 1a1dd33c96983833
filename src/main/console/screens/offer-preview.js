// The service computes it by the code that credits real purchases.
import { html } from '../ui/html.js';
import { post } from '../api/client.js';
import { useAction } from '../ui/hooks.js';
import { Failure } from '../ui/states.js';
import { valuesOf } from '../ui/ask.js';
import { Field, Money, reasonFor } from '../ui/parts.js';
import { today, words } from '../ui/format.js';

/** @param {{ offer: Api.Schema<'Offer'>, userId: string }} props */
export function OfferPreview({ offer, userId }) {
  const preview = useAction((values) => post(`/offers/${offer.id}/preview`, values));
  const submit = (event) => {
    event.preventDefault();
    preview.run(valuesOf(event.target));
  };
  const start = offer.start_date > today() ? offer.start_date : today();
  return html`
    <form class="filters" onSubmit=${submit}>
      <${Field} label="Amount of the purchase" name="amount" required inputmode="decimal" defaultValue="149.90" error=${reasonFor(preview.error, 'amount')} />
      <${Field} label="Day (UTC)" name="date" type="date" required defaultValue=${start} error=${reasonFor(preview.error, 'date')} />
      <${Field} label="Id of the user" name="user_id" required defaultValue=${userId} error=${reasonFor(preview.error, 'user_id')} />
      <button class="main" disabled=${preview.busy}>Preview</button>
    </form>
    ${preview.error && html`<${Failure} error=${preview.error} />`}
    <div role="status">${preview.done && html`<${Earning} of=${preview.done} />`}</div>
  `;
}

/** @param {{ of: Api.Schema<'OfferPreview'> }} props */
function Earning({ of: { calculation, cap, credited_amount, in_force, obstacles } }) {
  return html`<div class="outcome">
    <p><strong>It would earn <${Money} of=${credited_amount} currency="EUR" />.</strong></p>
    ${!in_force && html`<p>The offer does not apply: ${obstacles.map(words).join(', ')}.</p>`}
    <p><${Money} of=${calculation.amount} /> earn <${Money} of=${calculation.unrounded} />, rounded <${Money} of=${calculation.rounded} />${calculation.clamped &&
      html`, but no more than the purchase: <${Money} of=${calculation.cashback} />`}.</p>
    <p>Cap in ${cap.month}: <${Money} of=${cap.limit} />, of which <${Money} of=${cap.used_before} /> are used${cap.cut && ', so the cashback is cut'}.</p>
  </div>`;
}
