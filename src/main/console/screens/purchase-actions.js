// Confirm, reject, reverse, release: each shows its effect first.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get, patch, post } from '../api/client.js';
import { useLoad } from '../ui/hooks.js';
import { loaded } from '../ui/states.js';
import { Ask } from '../ui/ask.js';
import { Field, Money, PurchaseLink, reasonFor } from '../ui/parts.js';

const ACTIONS = {
  confirm: { name: 'Confirm', from: ['pending'], past: 'confirmed' },
  reject: { name: 'Reject', from: ['pending'], past: 'rejected' },
  reverse: { name: 'Reverse', from: ['pending', 'confirmed'], past: 'reversed' },
  release: { name: 'Release now', from: ['confirmed'], past: 'released from its hold', held: true },
};

/** @param {{ purchase: Api.Schema<'PurchaseExplanation'>, acted: (text: string) => void }} props */
export function PurchaseActions({ purchase, acted }) {
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const possible = Object.entries(ACTIONS).filter(
    ([, action]) => action.from.includes(purchase.status) && (!action.held || purchase.cashback_status === 'held'),
  );
  if (possible.length === 0) return html`<p class="fine">The state is final.</p>`;
  return html`
    <p class="actions">
      ${possible.map(([key, action]) => html`<button type="button" onClick=${() => setOpen(key)}>${action.name}…</button>`)}
    </p>
    ${open && html`<${Decide} key=${open} kind=${open} purchase=${purchase} close=${() => setOpen(null)} acted=${acted} />`}
  `;
}

/** @param {{ kind: keyof typeof ACTIONS, purchase: Api.Schema<'PurchaseExplanation'>, close: () => void, acted: (text: string) => void }} props */
function Decide({ kind, purchase, close, acted }) {
  const { name, past } = ACTIONS[kind];
  return html`<${Ask}
    title=${`${name} purchase ${purchase.external_id}?`}
    verb=${name}
    danger=${kind !== 'confirm' && kind !== 'release'}
    act=${({ reason }) => send(kind, purchase.id, reason)}
    close=${close}
    done=${() => acted(`Purchase ${purchase.external_id} is ${past}.`)}
  >${(error) => html`
    <${Effect} kind=${kind} purchase=${purchase} />
    ${kind !== 'reverse' && html`<${WalletNow} userId=${purchase.user_id} />`}
    ${kind !== 'confirm' &&
    html`<${Field} label="Reason, which the user can read" name="reason" required=${kind === 'reject'} error=${reasonFor(error, 'reason')} />`}
  `}<//>`;
}

/** @param {{ kind: string, purchase: Api.Schema<'PurchaseExplanation'> }} props */
function Effect({ kind, purchase }) {
  if (kind === 'confirm') {
    return html`<p>The cashback of <${Money} of=${purchase.cashback_amount} /> becomes available to the user${purchase.hold && ` after ${purchase.hold.hold_days} days`}.</p>`;
  }
  if (kind === 'release') {
    return html`<p>The cashback of <${Money} of=${purchase.cashback_amount} /> becomes available now, before the end of its hold and whatever feature flags say.</p>`;
  }
  if (kind === 'reject') return html`<p>The user gets none of the <${Money} of=${purchase.cashback_amount} /> that are pending.</p>`;
  return html`<${ReversalEffect} purchase=${purchase} />`;
}

/** @param {{ userId: string }} props */
function WalletNow({ userId }) {
  const wallet = useLoad(() => get(`/users/${userId}/wallet`), [userId]);
  return html`${loaded(wallet, 'the wallet', (value) => html`<p class="fine">The wallet now: pending <${Money} of=${value.pending_balance} />,
    available <${Money} of=${value.available_balance} />.</p>`)}`;
}

/**
 * The service computes it by reversing and undoing that.
 * @param {{ purchase: Api.Schema<'PurchaseExplanation'> }} props
 */
function ReversalEffect({ purchase }) {
  const preview = useLoad(() => post(`/purchases/${purchase.id}/reversal-preview`), [purchase.id]);
  return html`${loaded(preview, 'the effect', ({ before, after, neighbours }) => html`
    <p>Cashback <${Money} of=${before.cashback_amount} /> → <${Money} of=${after.cashback_amount} />.</p>
    <p>Pending <${Money} of=${before.wallet.pending_balance} /> → <${Money} of=${after.wallet.pending_balance} />,
      available <${Money} of=${before.wallet.available_balance} /> → <${Money} of=${after.wallet.available_balance} />.</p>
    ${before.cap && after.cap && html`<p>Used of the cap of <${Money} of=${before.cap.limit} /> for ${before.cap.month}: <${Money} of=${before.cap.used} /> → <${Money} of=${after.cap.used} />.</p>`}
    ${neighbours.map((other) => html`<p>The purchase <${PurchaseLink} id=${other.purchase_id} /> of the same cap:${' '}
      <${Money} of=${other.cashback_before} /> → <${Money} of=${other.cashback_after} />.</p>`)}
    ${after.wallet.available_balance.startsWith('-') && html`<p class="warning">The cashback was paid out or is reserved for a payout: this leaves a debt, which later cashback pays off. A payout that is not completed can still be failed.</p>`}
  `)}`;
}

/**
 * @param {keyof typeof ACTIONS} kind
 * @param {string} id
 * @param {string | undefined} reason
 */
function send(kind, id, reason) {
  if (kind === 'confirm') return post(`/purchases/${id}/confirmation`);
  if (kind === 'reject') return post(`/purchases/${id}/rejection`, { reason });
  if (kind === 'release') return post(`/purchases/${id}/release`, reason ? { reason } : {});
  return patch(`/purchases/${id}/reverse`, reason ? { reason } : {});
}
