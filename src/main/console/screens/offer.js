// One offer: its terms, whether it is in force, and what a purchase would earn under it.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get, list, patch } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { AsOf, loaded } from '../ui/states.js';
import { Ask, Outcome } from '../ui/ask.js';
import { Badge, Facts, Id, MerchantLink, When } from '../ui/parts.js';
import { decimal, phase, terms, utcDay } from '../ui/format.js';
import { InTheWay } from './offer-new.js';
import { OfferPreview } from './offer-preview.js';
import { EditOffer } from './offer-edit.js';
import { History } from './history.js';

/** @param {{ id: string, user: Api.Schema<'User'> }} props */
export function Offer({ id, user }) {
  const offer = useLoad(() => get(`/offers/${id}`), [id]);
  useScreen('Offer');
  const [open, setOpen] = useState(/** @type {'switch' | 'edit' | null} */ (null));
  const [outcome, setOutcome] = useState(/** @type {string | null} */ (null));
  const close = () => setOpen(null);
  const edited = () => {
    setOutcome('The offer is saved.');
    offer.reload();
  };
  const switched = (after) => {
    setOutcome(`The offer is ${after.status}.`);
    offer.reload();
  };
  return html`<h1>Offer${offer.value && ` of ${offer.value.merchant_name}`}</h1><${Outcome}>${outcome}<//>${loaded(offer, 'the offer', (value) => html`
    <p class="headline"><span>${terms(value)}</span> <${Badge} of=${phase(value)} /></p>
    <p class="actions">
      <button type="button" onClick=${() => setOpen('switch')}>${value.status === 'active' ? 'Deactivate…' : 'Activate…'}</button>
      <button type="button" onClick=${() => setOpen('edit')}>Edit…</button>
      <${AsOf} of=${offer} />
    </p>
    ${open === 'switch' && html`<${Switch} offer=${value} close=${close} done=${switched} />`}
    ${open === 'edit' && html`<${EditOffer} offer=${value} close=${close} done=${edited} />`}
    <section aria-labelledby="preview">
      <h2 id="preview">What would a purchase earn?</h2>
      <${OfferPreview} key=${`${value.status}-${value.monthly_cap}`} offer=${value} userId=${user.id} />
    </section>
    <${History} key=${`${value.status}-${value.end_date}-${value.monthly_cap}-${value.hold_days}`} load=${(query) => list(`/offers/${id}/history`, query)} columns=${[
      { name: 'Cashback', cell: terms },
      { name: 'Window (UTC)', cell: (row) => `${utcDay(row.start_date)} – ${utcDay(row.end_date)}` },
      { name: 'Cap', number: true, cell: (row) => `${decimal(row.monthly_cap)} EUR` },
      { name: 'Hold', cell: hold },
    ]} />
    <section aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <${Facts} of=${[
        ['Merchant', html`<${MerchantLink} id=${value.merchant_id}>${value.merchant_name}<//>`],
        ['First day (UTC)', utcDay(value.start_date)],
        ['Last day (UTC)', utcDay(value.end_date)],
        ['Cap for each user and month', `${decimal(value.monthly_cap)} EUR`],
        ['Hold', hold(value)],
        ['Created', html`<${When} at=${value.created_at} />`],
        ['Id', html`<${Id} of=${value.id} />`],
      ]} />
    </section>
  `)}`;
}

/** @param {{ hold_days: number | null }} of */
function hold({ hold_days }) {
  return hold_days === null ? "the merchant's" : `${hold_days} days`;
}

/** @param {{ offer: Api.Schema<'Offer'>, close: () => void, done: (answer: any) => void }} props */
function Switch({ offer, close, done }) {
  const active = offer.status === 'active';
  const verb = active ? 'Deactivate' : 'Activate';
  const act = () => patch(`/offers/${offer.id}/status`, { status: active ? 'inactive' : 'active' });
  return html`<${Ask} title=${`${verb} this offer?`} verb=${verb} danger=${active} act=${act} close=${close} done=${done}>${(error) => html`
    ${active
      ? html`<p>New purchases earn the default of the merchant from now on. Purchases that are known keep their cashback.</p>`
      : html`<p>Purchases from ${utcDay(offer.start_date)} to ${utcDay(offer.end_date)} earn ${terms(offer)}.</p>`}
    ${error && html`<${InTheWay} error=${error} />`}
  `}<//>`;
}
