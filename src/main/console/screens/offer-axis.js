// The offers of a merchant on one axis of time. A gap shows when the default applies. A draft shows what is in its way.
import { html } from '../ui/html.js';
import { Link } from '../ui/router.js';
import { Empty } from '../ui/states.js';
import { Badge } from '../ui/parts.js';
import { phase, terms, today, utcDay } from '../ui/format.js';

/** @param {string} text */
const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

/**
 * An offer as it is being filled in.
 * @typedef {{ merchant_id: string, cashback_type: string, cashback_value: string, monthly_cap: string, start_date: string, end_date: string, hold_days: number | null }} Draft
 * @typedef {{ id: string, status: string, cashback_type: string, cashback_value: string | number, start_date: string, end_date: string }} Span
 */

/** @param {{ offers: Api.Schema<'Offer'>[], draft?: Draft }} props */
export function OfferAxis({ offers, draft }) {
  if (offers.length === 0 && !draft) return html`<${Empty}>This merchant has no offer.<//>`;
  const now = day(today());
  /** @type {Span[]} */
  const all = draft ? [{ ...draft, id: 'draft', status: 'draft' }, ...offers] : offers;
  const first = Math.min(now, ...all.map((offer) => day(offer.start_date)));
  const last = Math.max(now, ...all.map((offer) => day(offer.end_date))) + 1;
  const inTheWay = (/** @type {Span} */ offer) => draft && offer.status === 'active' && offer.start_date <= draft.end_date && offer.end_date >= draft.start_date;
  const place = (/** @type {number} */ from, /** @type {number} */ days) => ({ left: `${((from - first) * 100) / (last - first)}%`, width: `${(days * 100) / (last - first)}%` });
  return html`<ul class="axis">
    ${all.map((offer) => {
      const start = day(offer.start_date);
      const days = `${utcDay(offer.start_date)} – ${utcDay(offer.end_date)}`;
      return html`<li key=${offer.id}>
        <p>${offer.status === 'draft' ? html`<strong>The new offer, ${days}</strong>` : html`<${Link} to=${`/console/offers/${offer.id}`}>${terms(offer)}, ${days}<//>`}${' '}
          <${Badge} of=${inTheWay(offer) ? 'in_the_way' : phase(offer)} /></p>
        <div class="lane" aria-hidden="true">
          <span class=${`span ${inTheWay(offer) ? 'in-the-way' : phase(offer)}`} style=${place(start, day(offer.end_date) + 1 - start)}></span>
          <span class="now" style=${place(now, 0)}></span>
        </div>
      </li>`;
    })}
  </ul>
  <p class="fine">Days count in UTC. The upright line is today, ${utcDay(today())}.</p>`;
}
