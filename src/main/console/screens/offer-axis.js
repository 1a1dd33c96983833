// The offers of a merchant on one axis of time. A gap shows when the default applies.
import { html } from '../ui/html.js';
import { Link } from '../ui/router.js';
import { Empty } from '../ui/states.js';
import { Badge } from '../ui/parts.js';
import { terms, today, utcDay } from '../ui/format.js';

const day = (text) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

export function OfferAxis({ offers }) {
  if (offers.length === 0) return html`<${Empty}>This merchant has no offer.<//>`;
  const now = day(today());
  const first = Math.min(now, ...offers.map((offer) => day(offer.start_date)));
  const last = Math.max(now, ...offers.map((offer) => day(offer.end_date))) + 1;
  const place = (from, days) => ({ left: `${((from - first) * 100) / (last - first)}%`, width: `${(days * 100) / (last - first)}%` });
  return html`<ul class="axis">
    ${offers.map((offer) => {
      const start = day(offer.start_date);
      return html`<li key=${offer.id}>
        <p><${Link} to=${`/console/offers/${offer.id}`}>${terms(offer)}, ${utcDay(offer.start_date)} – ${utcDay(offer.end_date)}<//> <${Badge} of=${offer.status} /></p>
        <div class="lane" aria-hidden="true">
          <span class=${`span ${offer.status}`} style=${place(start, day(offer.end_date) + 1 - start)}></span>
          <span class="now" style=${place(now, 0)}></span>
        </div>
      </li>`;
    })}
  </ul>
  <p class="fine">Days count in UTC. The upright line is today, ${utcDay(today())}.</p>`;
}
