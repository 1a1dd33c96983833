import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { post } from '../api/client.js';
import { Link } from '../ui/router.js';
import { Ask, valuesOf } from '../ui/ask.js';
import { Field, reasonFor } from '../ui/parts.js';
import { today } from '../ui/format.js';
import { OfferDraft } from './offer-draft.js';

const YEAR = 364;
const MEMBERS = ['cashback_type', 'cashback_value', 'monthly_cap', 'start_date', 'end_date'];

/**
 * The members of an offer among the values of its form.
 * @param {Api.Schema<'Merchant'>} merchant
 * @param {Record<string, string>} values
 */
const draftOf = (merchant, values) => ({
  merchant_id: merchant.id,
  ...Object.fromEntries(MEMBERS.map((name) => [name, values[name] ?? ''])),
  hold_days: values.hold_days ? Number(values.hold_days) : null,
});

/** @param {{ merchant: Api.Schema<'Merchant'>, close: () => void, done: (answer: any) => void }} props */
export function NewOffer({ merchant, close, done }) {
  const [draft, setDraft] = useState(draftOf(merchant, { cashback_type: 'percent', start_date: today(), end_date: today(YEAR) }));
  const act = (values) => post('/offers', draftOf(merchant, values));
  const follow = (event) => setDraft(draftOf(merchant, valuesOf(event.target.form)));
  return html`<${Ask} title=${`New offer of ${merchant.name}`} verb="Create" act=${act} close=${close} done=${done}>${(error) => html`
    <div onInput=${follow}>
      <${Field} label="Kind of cashback" name="cashback_type" error=${reasonFor(error, 'cashback_type')}>${(shared) => html`
        <select ...${shared}>
          <option value="percent">percent of the purchase</option>
          <option value="fixed">fixed amount in EUR</option>
        </select>`}<//>
      <${Field} label="Percentage or amount" name="cashback_value" required inputmode="decimal" error=${reasonFor(error, 'cashback_value')} />
      <${Field} label="Cap for each user and month, in EUR" name="monthly_cap" required inputmode="decimal" error=${reasonFor(error, 'monthly_cap')} />
      <${Field} label="First day (UTC)" name="start_date" type="date" required defaultValue=${today()} error=${reasonFor(error, 'start_date')} />
      <${Field} label="Last day (UTC)" name="end_date" type="date" required defaultValue=${today(YEAR)} error=${reasonFor(error, 'end_date')} />
      <${Field} label="Days of hold after the confirmation" name="hold_days" type="number" min="0" max="365" hint="Empty: as the merchant has it."
        error=${reasonFor(error, 'hold_days')} />
    </div>
    <${OfferDraft} merchant=${merchant} draft=${draft} />
    <p class="fine">Later its last day may move and its cap may rise. The rest is a promise.</p>
    ${error && html`<${InTheWay} error=${error} />`}
  `}<//>`;
}

/**
 * The offer that takes a part of the same days.
 * @param {{ error: import('../api/errors.js').ApiError }} props
 */
export function InTheWay({ error }) {
  if (error.code !== 'ACTIVE_OFFER_ALREADY_EXISTS') return null;
  return html`<p class="warning"><${Link} to=${`/console/offers/${error.details.offer_id}`}>Show the offer in the way<//></p>`;
}
