import { html } from '../ui/html.js';
import { patch } from '../api/client.js';
import { Ask, changed } from '../ui/ask.js';
import { Field, reasonFor } from '../ui/parts.js';

/** @param {{ merchant: Api.Schema<'Merchant'>, close: () => void, done: (answer: any) => void }} props */
export function EditMerchant({ merchant, close, done }) {
  const act = ({ name, percentage, hold_days, tracking_url_template, attribution_days }) =>
    patch(`/merchants/${merchant.id}`, changed(merchant, {
      name,
      default_cashback_percentage: Number(percentage),
      attribution_days: Number(attribution_days),
      hold_days: hold_days ? Number(hold_days) : null,
      tracking_url_template: tracking_url_template || null,
    }));
  return html`<${Ask} title=${`Edit ${merchant.name}`} verb="Save" act=${act} close=${close} done=${done}>${(error) => html`
    <${Field} label="Name" name="name" required maxlength="255" defaultValue=${merchant.name} error=${reasonFor(error, 'name')} />
    <${Field} label="Default cashback in percent" name="percentage" required inputmode="decimal" pattern="[0-9]+([.][0-9]{1,4})?"
      defaultValue=${merchant.default_cashback_percentage} hint="Counts for purchases that are made from now on."
      error=${reasonFor(error, 'default_cashback_percentage')} />
    <${Field} label="Days of hold after the confirmation" name="hold_days" type="number" min="0" max="365" defaultValue=${merchant.hold_days ?? ''}
      hint="Counts for purchases that are made from now on. Empty: as the installation has it." error=${reasonFor(error, 'hold_days')} />
    <${Field} label="Where clicks lead" name="tracking_url_template" defaultValue=${merchant.tracking_url_template ?? ''}
      hint="An https URL with {click_id} in it. Empty: it takes no clicks." error=${reasonFor(error, 'tracking_url_template')} />
    <${Field} label="Days after a click in which a purchase counts" name="attribution_days" required type="number" min="1" max="365"
      defaultValue=${merchant.attribution_days} error=${reasonFor(error, 'attribution_days')} />
  `}<//>`;
}
