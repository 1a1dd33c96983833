// The actions of an administrator on an account, each behind its effect.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get, patch, remove } from '../api/client.js';
import { useLoad } from '../ui/hooks.js';
import { loaded } from '../ui/states.js';
import { Ask } from '../ui/ask.js';
import { When } from '../ui/parts.js';
import { Erase } from './user-erasure.js';

const ACTIONS = {
  off: {
    name: 'Deactivate', danger: true, offered: (user) => user.active, change: { active: false }, past: 'is deactivated',
    effect: 'The user is signed out everywhere and cannot sign in. New purchases of theirs are refused. The wallet stays as it is.',
  },
  on: {
    name: 'Activate', offered: (user) => !user.active, change: { active: true }, past: 'is active',
    effect: 'The user can sign in and earn cashback again.',
  },
  admin: {
    name: 'Make an administrator', danger: true, offered: (user) => user.role === 'user', change: { role: 'admin' }, past: 'is an administrator',
    effect: 'From the next request on, the user may see and change everything that this console shows.',
  },
  user: {
    name: 'Take the administrator role', danger: true, offered: (user) => user.role === 'admin', change: { role: 'user' }, past: 'is no administrator any more',
    effect: 'From the next request on, the user sees only what is their own.',
  },
  sessions: {
    name: 'End all sessions', danger: true, offered: () => true, past: 'is signed out everywhere',
    effect: 'The user is signed out on every device, and can sign in again.',
  },
};

/** @param {{ user: Api.Schema<'User'>, acted: (text: string) => void }} props */
export function UserActions({ user, acted }) {
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const close = () => setOpen(null);
  if (user.erased_at) return html`<p class="warning">The personal data were erased on <${When} at=${user.erased_at} />. The books stay.</p>`;
  return html`
    <p class="actions">
      ${Object.entries(ACTIONS).filter(([, action]) => action.offered(user)).map(
        ([key, { name }]) => html`<button type="button" key=${key} onClick=${() => setOpen(key)}>${name}…</button>`,
      )}
      <button type="button" onClick=${() => setOpen('erase')}>Erase personal data…</button>
    </p>
    ${open && open !== 'erase' && html`<${Decide} key=${open} action=${ACTIONS[open]} user=${user} close=${close} acted=${acted} />`}
    ${open === 'erase' && html`<${Erase} user=${user} close=${close} acted=${acted} />`}
  `;
}

/** @param {{ action: { name: string, danger?: boolean, change?: object, effect: string, past: string }, user: Api.Schema<'User'>, close: () => void, acted: (text: string) => void }} props */
function Decide({ action: { name, danger, change, effect, past }, user, close, acted }) {
  const facts = useLoad(() => Promise.all([get(`/users/${user.id}/sessions`, { limit: 100 }), get(`/users/${user.id}/purchases`, { status: 'pending', limit: 1 })]), [user.id]);
  const act = () => (change ? patch(`/users/${user.id}`, change) : remove(`/users/${user.id}/sessions`));
  return html`<${Ask} title=${`${name}: ${user.email}?`} verb=${name} danger=${danger} act=${act} close=${close}
    done=${() => acted(`${user.email} ${past}.`)}>${() => html`
    <p>${effect}</p>
    ${loaded(facts, 'what the user has', ([sessions, purchases]) => html`<p class="fine">Sessions: ${stillOpen(sessions)}. Pending purchases: ${purchases.pagination.total}.</p>`)}`}<//>`;
}

/**
 * The number of sessions of a page that have not ended.
 * @param {Api.Schema<'UserSessionList'>} page
 */
const stillOpen = ({ data, pagination }) => `${data.filter((one) => !one.ended_at).length}${pagination.next_cursor ? ' or more' : ''}`;
