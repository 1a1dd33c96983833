// One merchant with its offers on a time axis.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get, list, patch } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link, go, useQuery } from '../ui/router.js';
import { AsOf, loaded } from '../ui/states.js';
import { Ask, Outcome } from '../ui/ask.js';
import { Badge, Facts, Id, Pager, When } from '../ui/parts.js';
import { phase, terms, utcDay } from '../ui/format.js';
import { OfferAxis } from './offer-axis.js';
import { NewOffer } from './offer-new.js';
import { EditMerchant } from './merchant-edit.js';
import { History } from './history.js';

/** @param {{ id: string }} props */
export function Merchant({ id }) {
  const merchant = useLoad(() => get(`/merchants/${id}`), [id]);
  const [{ cursor }, setQuery] = useQuery();
  const offers = useLoad(() => list('/offers', { merchant_id: id, cursor, limit: 50 }), [id, cursor]);
  useScreen(merchant.value?.name ?? 'Merchant');
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const [outcome, setOutcome] = useState(/** @type {string | null} */ (null));
  const close = () => setOpen(null);
  const switched = (after) => {
    setOutcome(`${after.name} is ${after.status}.`);
    merchant.reload();
  };
  /** @param {Api.Schema<'Merchant'>} after */
  const edited = (after) => {
    setOutcome(`${after.name} is saved.`);
    merchant.reload();
  };
  return html`<h1>${merchant.value?.name ?? 'Merchant'}</h1><${Outcome}>${outcome}<//>${loaded(merchant, 'the merchant', (value) => html`
    <p class="headline"><${Badge} of=${value.status} /> <span>${value.default_cashback_percentage} % without an offer</span></p>
    <p class="actions">
      <button type="button" onClick=${() => setOpen('switch')}>${value.active ? 'Deactivate…' : 'Activate…'}</button>
      <button type="button" onClick=${() => setOpen('offer')}>New offer…</button>
      <button type="button" onClick=${() => setOpen('edit')}>Edit…</button>
      <${AsOf} of=${{ at: merchant.at, reload: () => Promise.all([merchant.reload(), offers.reload()]) }} />
      <${Link} to=${`/console/purchases?merchant_id=${id}`}>Purchases<//>
    </p>
    ${open === 'switch' && html`<${Switch} merchant=${value} offers=${offers.value} close=${close} done=${switched} />`}
    ${open === 'edit' && html`<${EditMerchant} merchant=${value} close=${close} done=${edited} />`}
    ${open === 'offer' && html`<${NewOffer} merchant=${value} close=${close} done=${(offer) => go(`/console/offers/${offer.id}`)} />`}
    <section aria-labelledby="offers">
      <h2 id="offers">Offers</h2>
      ${loaded(offers, 'offers', (page) => html`
        <${OfferAxis} offers=${page.data} />
        <${Pager} page=${page} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
      `)}
    </section>
    <${History} key=${`${value.status}-${value.default_cashback_percentage}-${value.hold_days}`} load=${(query) => list(`/merchants/${id}/history`, query)}
      columns=${[
        { name: 'Default cashback', number: true, cell: (row) => `${row.default_cashback_percentage} %` },
        { name: 'Hold', cell: (row) => (row.hold_days === null ? 'as the installation has it' : `${row.hold_days} days`) },
      ]} />
    <section aria-labelledby="facts">
      <h2 id="facts">Facts</h2>
      <${Facts} of=${[
        ['Default cashback', `${value.default_cashback_percentage} %`],
        ['Hold', value.hold_days === null ? 'as the installation has it' : `${value.hold_days} days`],
        ['Clicks lead to', value.tracking_url_template ?? 'nowhere: it takes none'],
        value.tracking_url_template && ['A click counts for', `${value.attribution_days} days`],
        ['Created', html`<${When} at=${value.created_at} />`],
        ['Changes', html`<${Link} to=${`/console/audit?resource_type=merchant&resource_id=${id}`}>of this merchant<//>`],
        ['Id', html`<${Id} of=${value.id} />`],
      ]} />
    </section>
  `)}`;
}

/** @param {{ merchant: Api.Schema<'Merchant'>, offers: Api.Schema<'OfferList'> | undefined, close: () => void, done: (answer: any) => void }} props */
function Switch({ merchant, offers, close, done }) {
  const verb = merchant.active ? 'Deactivate' : 'Activate';
  const act = () => patch(`/merchants/${merchant.id}/status`, { status: merchant.active ? 'inactive' : 'active' });
  return html`<${Ask} title=${`${verb} ${merchant.name}?`} verb=${verb} danger=${merchant.active} act=${act} close=${close} done=${done}>${() =>
    merchant.active
      ? html`<p>New purchases there are refused, and shoppers no longer see ${inForce(offers)}. Purchases that are known keep their cashback.</p>`
      : html`<p>Purchases earn cashback again, and shoppers see ${inForce(offers)}.</p>`}<//>`;
}

/**
 * The offer of today, in words.
 * @param {Api.Schema<'OfferList'> | undefined} offers
 */
function inForce(offers) {
  const one = offers?.data.find((offer) => phase(offer) === 'active');
  return one ? `its offer of ${terms(one)} until ${utcDay(one.end_date)}` : 'its offers; none is in force today';
}
