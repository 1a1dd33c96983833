// An offer before it is there: its days beside those of the others, and what a purchase would earn by it.
import { useEffect, useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get, post } from '../api/client.js';
import { useLoad } from '../ui/hooks.js';
import { Failure, loaded } from '../ui/states.js';
import { Field, Money } from '../ui/parts.js';
import { terms, today } from '../ui/format.js';
import { OfferAxis } from './offer-axis.js';

/** So long nothing is typed before the service is asked. */
const PAUSE_MS = 300;

/**
 * The draft is the body of a creation, as far as it is filled in.
 * @param {{ merchant: Api.Schema<'Merchant'>, draft: import('./offer-axis.js').Draft }} props
 */
export function OfferDraft({ merchant, draft }) {
  const others = useLoad(() => get('/offers', { merchant_id: merchant.id, status: 'active', date_from: today(), limit: 20 }), [merchant.id]);
  const { start_date: start, end_date: end } = draft;
  const placed = start && end && start <= end;
  return html`
    <h3>Its days beside the others</h3>
    ${loaded(others, 'the other offers', ({ data }) =>
      placed ? html`<${OfferAxis} offers=${data} draft=${draft} />` : html`<p class="fine">Choose a first and a last day.</p>`)}
    <h3>What would a purchase earn?</h3>
    <${Earning} draft=${draft} />
  `;
}

/** @param {{ draft: import('./offer-axis.js').Draft }} props */
function Earning({ draft }) {
  const [amount, setAmount] = useState('149.90');
  const [date, setDate] = useState(null);
  const { start_date, end_date, cashback_value, monthly_cap } = draft;
  const complete = Boolean(start_date && end_date && cashback_value && monthly_cap && amount);
  const asked = useSettled(JSON.stringify({ offer: draft, amount, date: date ?? start_date }));
  const preview = useLoad(() => (complete ? post('/offers/preview', JSON.parse(asked)) : Promise.resolve(null)), [asked]);
  return html`
    <div class="filters">
      <${Field} label="Amount of a purchase" name="preview_amount" inputmode="decimal" value=${amount} onInput=${(event) => setAmount(event.target.value.trim())} />
      <${Field} label="Day of the purchase (UTC)" name="preview_date" type="date" value=${date ?? start_date} onInput=${(event) => setDate(event.target.value)} />
    </div>
    <div role="status">
      ${preview.state === 'failed' && html`<${NotYet} error=${preview.error} />`}
      ${preview.state === 'ready' && (preview.value ? html`<${Told} of=${preview.value} draft=${draft} />` : html`<p class="fine">Fill in the terms to see it.</p>`)}
    </div>
  `;
}

/**
 * A value that has not changed for a while.
 * @param {string} value
 */
function useSettled(value) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** @param {{ of: Api.Schema<'OfferDraftPreview'>, draft: import('./offer-axis.js').Draft }} props */
function Told({ of: preview, draft }) {
  return html`<div class=${preview.overlaps.length ? 'warning' : 'outcome'}>
    <p><strong><${Money} of=${preview.amount} /> would earn <${Money} of=${preview.credited_amount} currency="EUR" />.</strong>${' '}
      ${preview.in_window ? reason(preview, draft) : 'The offer does not apply on that day.'}</p>
    ${preview.overlaps.length > 0 && html`<p>It cannot be created: ${preview.overlaps.map(terms).join(', ')} applies on some of its days.</p>`}
  </div>`;
}

/**
 * @param {Api.Schema<'OfferDraftPreview'>} of
 * @param {import('./offer-axis.js').Draft} by
 */
function reason({ unrounded, rounded, cashback, clamped, credited_amount }, { monthly_cap }) {
  if (credited_amount !== cashback) return `It is cut from ${cashback} to the cap of ${monthly_cap} for a month.`;
  if (clamped) return 'It is no more than the purchase.';
  return unrounded === rounded ? 'The cap leaves room for it.' : `That is ${unrounded}, rounded.`;
}

/**
 * The faults that the terms still have, without the alarm of a refused action.
 * @param {{ error: import('../api/errors.js').ApiError }} props
 */
function NotYet({ error }) {
  if (error.violations.length === 0) return html`<${Failure} error=${error} />`;
  return html`<p class="fine">Not yet: ${error.violations.map(({ field, reason: why }) => `${field.replace(/^offer[.]/, '').replaceAll('_', ' ')} ${why}`).join('; ')}.</p>`;
}
