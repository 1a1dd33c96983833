// The zone that times are shown in: the reader's own, or UTC, which logs and partners speak.
import { html } from './html.js';
import { useStore } from './hooks.js';
import { store } from './store.js';

const inUtc = store(false);
const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export const useUtc = () => useStore(inUtc);

const LOCAL = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/**
 * The time of day of something on screen, in the zone that the reader has chosen.
 * @param {{ at: Date }} props
 */
export function Clock({ at }) {
  return useUtc() ? `${at.toISOString().slice(11, 19)} UTC` : LOCAL.format(at);
}

/** The end of every screen: which zone its times have, and the other one for those who ask. */
export function ZoneChoice() {
  const utc = useUtc();
  return html`<footer class="foot">
    <button type="button" aria-pressed=${utc ? 'true' : 'false'} onClick=${() => inUtc.set(!utc)}>Times in UTC</button>
    <span class="fine">${utc || ZONE === 'UTC' ? 'Times are in UTC.' : `Times are those of ${ZONE}.`}</span>
  </footer>`;
}
