// Confirm, reject, reverse: each shows its effect first.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { patch, post } from '../api/client.js';
import { useAction, useLoad } from '../ui/hooks.js';
import { Failure, Loaded } from '../ui/states.js';
import { Dialog, Field, Money, reasonFor } from '../ui/parts.js';

const ACTIONS = {
  confirm: { name: 'Confirm', from: ['pending'], past: 'confirmed' },
  reject: { name: 'Reject', from: ['pending'], past: 'rejected' },
  reverse: { name: 'Reverse', from: ['pending', 'confirmed'], past: 'reversed' },
};

export function PurchaseActions({ purchase, acted }) {
  const [open, setOpen] = useState(null);
  const possible = Object.entries(ACTIONS).filter(([, action]) => action.from.includes(purchase.status));
  if (possible.length === 0) return html`<p class="fine">The state is final.</p>`;
  return html`
    <p class="actions">
      ${possible.map(([key, action]) => html`<button type="button" onClick=${() => setOpen(key)}>${action.name}…</button>`)}
    </p>
    ${open && html`<${Ask} key=${open} kind=${open} purchase=${purchase} close=${() => setOpen(null)} acted=${acted} />`}
  `;
}

function Ask({ kind, purchase, close, acted }) {
  const { name, past } = ACTIONS[kind];
  const [reason, setReason] = useState('');
  const action = useAction(() => send(kind, purchase.id, reason.trim()));
  const submit = async (event) => {
    event.preventDefault();
    if (await action.run()) {
      close();
      acted(`Purchase ${purchase.external_id} is ${past}.`);
    }
  };
  return html`
    <${Dialog} title=${`${name} purchase ${purchase.external_id}?`} close=${close}>
      <form onSubmit=${submit}>
        <${Effect} kind=${kind} purchase=${purchase} />
        ${kind !== 'confirm' &&
        html`<${Field} label="Reason, which the user can read" name="reason" value=${reason} required=${kind === 'reject'}
          onInput=${(event) => setReason(event.target.value)} error=${reasonFor(action.error, 'reason')} />`}
        ${action.error && html`<${Failure} error=${action.error} />`}
        <p class="actions">
          <button type="button" onClick=${close}>Cancel</button>
          <button class=${kind === 'confirm' ? 'main' : 'danger'} disabled=${action.busy}>${name}</button>
        </p>
      </form>
    <//>
  `;
}

function Effect({ kind, purchase }) {
  if (kind === 'confirm') return html`<p>The cashback of <${Money} of=${purchase.cashback_amount} /> becomes available to the user.</p>`;
  if (kind === 'reject') return html`<p>The user gets none of the <${Money} of=${purchase.cashback_amount} /> that are pending.</p>`;
  return html`<${ReversalEffect} purchase=${purchase} />`;
}

/** The service computes it by reversing and undoing that. */
function ReversalEffect({ purchase }) {
  const preview = useLoad(() => post(`/purchases/${purchase.id}/reversal-preview`), [purchase.id]);
  return html`<${Loaded} of=${preview} what="the effect">${({ before, after }) => html`
    <p>Cashback <${Money} of=${before.cashback_amount} /> → <${Money} of=${after.cashback_amount} />.</p>
    <p>Pending <${Money} of=${before.wallet.pending_balance} /> → <${Money} of=${after.wallet.pending_balance} />,
      available <${Money} of=${before.wallet.available_balance} /> → <${Money} of=${after.wallet.available_balance} />.</p>
    ${after.wallet.available_balance.startsWith('-') && html`<p class="warning">The cashback was paid out: this leaves a debt, which later cashback pays off.</p>`}
  `}<//>`;
}

function send(kind, id, reason) {
  if (kind === 'confirm') return patch(`/purchases/${id}/confirm`);
  return patch(`/purchases/${id}/${kind}`, reason ? { reason } : {});
}
