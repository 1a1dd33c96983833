import { html } from '../ui/html.js';
import { patch } from '../api/client.js';
import { Ask, changed } from '../ui/ask.js';
import { Field, reasonFor } from '../ui/parts.js';
import { today } from '../ui/format.js';
import { InTheWay } from './offer-new.js';

/** @param {{ offer: Api.Schema<'Offer'>, close: () => void, done: (answer: any) => void }} props */
export function EditOffer({ offer, close, done }) {
  const act = ({ hold_days, ...values }) =>
    patch(`/offers/${offer.id}`, changed(offer, { ...values, hold_days: hold_days ? Number(hold_days) : null }));
  return html`<${Ask} title="Edit this offer" verb="Save" act=${act} close=${close} done=${done}>${(error) => html`
    <${Field} label="Last day (UTC)" name="end_date" type="date" required min=${today()} defaultValue=${offer.end_date} error=${reasonFor(error, 'end_date')} />
    <${Field} label="Cap for each user and month, in EUR" name="monthly_cap" required inputmode="decimal" defaultValue=${offer.monthly_cap}
      hint="It may rise. Purchases that were made before keep the cap of their time." error=${reasonFor(error, 'monthly_cap')} />
    <${Field} label="Days of hold after the confirmation" name="hold_days" type="number" min="0" max="365" defaultValue=${offer.hold_days ?? ''}
      hint="Counts for purchases that are made from now on. Empty: as the merchant has it." error=${reasonFor(error, 'hold_days')} />
    <p class="fine">The rest was promised. Deactivate the offer and make another to give something else.</p>
    ${error && html`<${InTheWay} error=${error} />`}
  `}<//>`;
}
