// The deeds of administrators on a payout: two administrators where the amount is large.
import { html } from '../ui/html.js';
import { list } from '../api/client.js';
import { useLoad } from '../ui/hooks.js';
import { Empty, loaded } from '../ui/states.js';
import { When } from '../ui/parts.js';
import { NamedUser } from './users.js';
import { words } from '../ui/format.js';

/**
 * The record of a payout, the latest first.
 * @param {string} id
 * @param {unknown} change
 */
export function usePayoutHistory(id, change) {
  return useLoad(() => list('/audit-logs', { resource_type: 'payout', resource_id: id, limit: 20 }), [id, change]);
}

/**
 * The administrator who set the payout to processing, or null.
 * @param {import('../ui/hooks.js').Load<Api.Schema<'AuditEntryList'>>} history
 */
export function processedBy(history) {
  const taken = history.value?.data.find(({ details }) => details.status === 'processing');
  return taken ? taken.actor_id : null;
}

/** @param {{ history: import('../ui/hooks.js').Load<Api.Schema<'AuditEntryList'>>, me: string }} props */
export function PayoutHistory({ history, me }) {
  return html`<section aria-labelledby="history">
    <h2 id="history">What happened</h2>
    ${loaded(history, 'what happened', ({ data }) => data.length === 0 ? html`<${Empty}>Nothing is on record.<//>` : html`<ol class="story">
      ${[...data].reverse().map((entry) => html`<li key=${entry.id}>
        <p>${words(entry.details.status ?? 'requested')} by ${entry.actor_id === me ? 'you' : html`<${NamedUser} id=${entry.actor_id} />`}.</p>
        <p class="fine"><${When} at=${entry.occurred_at} /></p>
      </li>`)}
    </ol>`)}
  </section>`;
}
