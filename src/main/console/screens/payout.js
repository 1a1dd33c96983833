// One payout, and its way to the bank: processing, completed, failed.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get, patch } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { AsOf, loaded } from '../ui/states.js';
import { Ask, Outcome } from '../ui/ask.js';
import { Badge, Facts, Field, Id, Money, When, reasonFor } from '../ui/parts.js';
import { NamedUser } from './users.js';
import { MaskedIban } from './payouts.js';
import { PayoutHistory, processedBy, usePayoutHistory } from './payout-history.js';

const ACTIONS = {
  processing: { name: 'Take to processing', from: ['requested'] },
  completed: { name: 'Complete', from: ['requested', 'processing'] },
  failed: { name: 'Fail', from: ['requested', 'processing'], danger: true },
};

/** @param {{ id: string, user: Api.Schema<'User'> }} props */
export function Payout({ id, user }) {
  const payout = useLoad(() => get(`/payouts/${id}`), [id]);
  const history = usePayoutHistory(id, payout.value?.status);
  useScreen('Payout');
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const [outcome, setOutcome] = useState(/** @type {string | null} */ (null));
  const acted = (after) => {
    setOutcome(`The payout is ${after.status}.`);
    payout.reload();
  };
  return html`<h1>Payout</h1><${Outcome}>${outcome}<//>${loaded(payout, 'the payout', (value) => html`
    <p class="headline"><${Money} of=${value.amount} currency="EUR" /> <${Badge} of=${value.status} /> <span class="fresh"><${AsOf} of=${payout} /></span></p>
    ${value.user_id === user.id ? html`<p class="warning">This payout is your own: a colleague has to handle it.</p>` : html`<${Actions} status=${value.status} choose=${setOpen} />`}
    ${open && html`<${Handle} key=${open} to=${open} payout=${value} mine=${processedBy(history) === user.id} close=${() => setOpen(null)} done=${acted} />`}
    <${Facts} of=${[
      ['User', html`<${NamedUser} id=${value.user_id} />`],
      ['To the account', html`<${MaskedIban} end=${value.iban_last4} />`],
      ['Requested', html`<${When} at=${value.requested_at} />`],
      ['Completed or failed', html`<${When} at=${value.processed_at} />`],
      ['Reference of the bank', value.external_reference],
      value.failure_reason && ['Why it failed', value.failure_reason],
      ['Id', html`<${Id} of=${value.id} />`],
    ]} />
    <${PayoutHistory} history=${history} me=${user.id} />
  `)}`;
}

/** @param {{ status: string, choose: (to: string) => void }} props */
function Actions({ status, choose }) {
  const possible = Object.entries(ACTIONS).filter(([, action]) => action.from.includes(status));
  if (possible.length === 0) return html`<p class="fine">The state is final.</p>`;
  return html`<p class="actions">
    ${possible.map(([to, { name }]) => html`<button type="button" onClick=${() => choose(to)}>${name}…</button>`)}
  </p>`;
}

/** @param {{ to: keyof typeof ACTIONS, payout: Api.Schema<'Payout'>, mine?: boolean, close: () => void, done: (answer: any) => void }} props */
function Handle({ to, payout, mine, close, done }) {
  const { name, danger } = ACTIONS[to];
  const act = ({ external_reference, failure_reason }) =>
    patch(`/payouts/${payout.id}/status`, {
      status: to,
      external_reference: external_reference || undefined,
      failure_reason: failure_reason || undefined,
    });
  return html`<${Ask} title=${`${name}?`} verb=${name} danger=${danger} act=${act} close=${close} done=${done}>${(error) => html`
    <${Effect} to=${to} payout=${payout} />
    ${to === 'completed' && html`<${FourEyes} mine=${mine} status=${payout.status} />`}
    <${WalletNow} userId=${payout.user_id} />
    ${to !== 'failed' &&
    html`<${Field} label="Reference of the bank" name="external_reference" maxlength="255" defaultValue=${payout.external_reference ?? ''}
      required=${to === 'completed'} error=${reasonFor(error, 'external_reference')} />`}
    ${to === 'failed' &&
    html`<${Field} label="Reason, which the user can read" name="failure_reason" required maxlength="1000" error=${reasonFor(error, 'failure_reason')} />`}
  `}<//>`;
}

/** @param {{ to: string, payout: Api.Schema<'Payout'> }} props */
function Effect({ to, payout }) {
  const sum = html`<${Money} of=${payout.amount} currency="EUR" />`;
  if (to === 'processing') return html`<p>No money moves: ${sum} stay reserved. Say so once the transfer is with the bank.</p>`;
  if (to === 'completed') return html`<p>${sum} leave the reserved balance and count as paid out. This is final.</p>`;
  return html`<p>${sum} go back from the reserved to the available balance, and the user can request them again. This is final.</p>`;
}

/**
 * The limit is the operator's setting: the service alone knows whether this payout is above it.
 * @param {{ mine?: boolean, status: string }} props
 */
function FourEyes({ mine, status }) {
  if (status === 'requested') return html`<p class="fine">A large payout takes two: one takes it to processing, another completes it.</p>`;
  return mine && html`<p class="warning">You took it to processing yourself. If it is a large one, a colleague has to complete it.</p>`;
}

/** @param {{ userId: string }} props */
function WalletNow({ userId }) {
  const wallet = useLoad(() => get(`/users/${userId}/wallet`), [userId]);
  return html`${loaded(wallet, 'the wallet', (value) => html`<p class="fine">The wallet now: available <${Money} of=${value.available_balance} />,
    reserved <${Money} of=${value.reserved_balance} />, paid out <${Money} of=${value.paid_balance} />.</p>`)}`;
}
