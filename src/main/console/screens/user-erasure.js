// Erases what names a user. What it takes, what stays and what is in its way is told first.
import { html } from '../ui/html.js';
import { get, post } from '../api/client.js';
import { useLoad } from '../ui/hooks.js';
import { loaded } from '../ui/states.js';
import { Ask } from '../ui/ask.js';
import { Money } from '../ui/parts.js';

/** @param {{ user: Api.Schema<'User'>, close: () => void, acted: (text: string) => void }} props */
export function Erase({ user, close, acted }) {
  const facts = useLoad(() => get(`/users/${user.id}/erasure`), [user.id]);
  const act = ({ even_if_owed }) => post(`/users/${user.id}/erasure`, { even_if_owed: even_if_owed === 'yes' });
  const ready = facts.value !== undefined && !underWay(facts.value);
  return html`<${Ask} title=${`Erase the personal data of ${user.email}?`} verb="Erase for ever" danger ready=${ready} act=${act} close=${close}
    done=${() => acted('The personal data are erased.')}>${() => html`
    ${loaded(facts, 'what would be erased', (value) => html`<${Effect} of=${value} />`)}`}<//>`;
}

/** @param {Api.Schema<'Erasure'>} of */
const underWay = ({ wallet }) => wallet.reserved_balance !== '0.00';

/** @param {{ of: Api.Schema<'Erasure'> }} props */
function Effect({ of: facts }) {
  if (underWay(facts)) {
    return html`<p class="warning">A payout of <${Money} of=${facts.wallet.reserved_balance} currency="EUR" /> is under way and needs its destination.
      Complete it or fail it first.</p>`;
  }
  return html`
    <p>This cannot be undone. It takes the e-mail, the password and the role, ends all sessions, and deletes${' '}
      ${facts.destinations === 1 ? 'the bank account of 1 payout' : `the bank accounts of ${facts.destinations} payouts`}.</p>
    <p>Purchases, movements of money and the audit log stay as they are, under the id alone.</p>
    ${!facts.settled && html`<${Owed} of=${facts} />`}
  `;
}

/** @param {{ of: Api.Schema<'Erasure'> }} props */
function Owed({ of: { wallet, awaits_credit } }) {
  return html`<div class="warning">
    <p>Money is owed: available <${Money} of=${wallet.available_balance} currency="EUR" />, pending <${Money} of=${wallet.pending_balance} currency="EUR" />${awaits_credit && ', and more is being credited'}.
      Nobody can be paid or asked for it any more.</p>
    <p><label><input type="checkbox" name="even_if_owed" value="yes" required /> Erase all the same</label></p>
  </div>`;
}
