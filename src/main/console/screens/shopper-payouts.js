// Request a payout, and see what became of the earlier ones.
import { useRef, useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get, list, post } from '../api/client.js';
import { useAction, useLoad, useScreen } from '../ui/hooks.js';
import { useQuery } from '../ui/router.js';
import { AsOf, Failure, loaded } from '../ui/states.js';
import { Outcome, valuesOf } from '../ui/ask.js';
import { Badge, Field, Money, Pager, table, When, reasonFor } from '../ui/parts.js';
import { amount } from '../ui/format.js';
import { MaskedIban } from './payouts.js';

export function ShopperPayouts() {
  useScreen('Your payouts');
  const [{ cursor }, setQuery] = useQuery();
  const wallet = useLoad(() => get('/users/me/wallet'), []);
  const payouts = useLoad(() => list('/users/me/payouts', { cursor, limit: 10 }), [cursor]);
  const [outcome, setOutcome] = useState(/** @type {string | null} */ (null));
  const requested = (payout) => {
    setOutcome(`${amount(payout.amount)} EUR are requested for the account ending in ${payout.iban_last4}.`);
    wallet.reload();
    payouts.reload();
  };
  return html`
    <h1>Your payouts</h1>
    <${Outcome}>${outcome}<//>
    ${loaded(wallet, 'your wallet', (value) => html`
      <p class="headline"><span>Available: <${Money} of=${value.available_balance} currency="EUR" /></span></p>
      <p class="actions"><${AsOf} of=${{ at: wallet.at, reload: () => Promise.all([wallet.reload(), payouts.reload()]) }} /></p>
    `)}
    <${RequestPayout} requested=${requested} />
    <section aria-labelledby="history">
      <h2 id="history">Earlier requests</h2>
      ${loaded(payouts, 'your payouts', (page) => html`
        ${table({
          caption: 'Earlier requests',
          rows: page.data,
          empty: 'You have not requested a payout yet.',
          columns: [
            { name: 'Requested', cell: (row) => html`<${When} at=${row.requested_at} />` },
            { name: 'State', cell: (row) => html`<${Badge} of=${row.status} />${row.failure_reason && html`<br /><span class="fine">${row.failure_reason}</span>`}` },
            { name: 'To', cell: (row) => html`<${MaskedIban} end=${row.iban_last4} />` },
            { name: 'Amount', number: true, cell: (row) => html`<${Money} of=${row.amount} />` },
          ],
        })}
        <${Pager} page=${page} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
      `)}
    </section>
  `;
}

/** @param {{ requested: (payout: Api.Schema<'Payout'>) => void }} props */
function RequestPayout({ requested }) {
  const sent = useRef(/** @type {{ content?: string, key?: string }} */ ({}));
  const action = useAction((body) => post('/users/me/payouts', body, { 'Idempotency-Key': keyFor(sent, body) }));
  const submit = async (event) => {
    event.preventDefault();
    const form = event.target;
    const { amount: sum, iban, account_holder } = valuesOf(form);
    const payout = await action.run({ amount: sum, method: 'bank_transfer', details: { iban, account_holder } });
    if (!payout || payout === true) return;
    form.reset();
    sent.current = {};
    requested(payout);
  };
  return html`
    <section aria-labelledby="request">
      <h2 id="request">Request a payout</h2>
      <form class="narrow" onSubmit=${submit}>
        <${Field} label="Amount in EUR" name="amount" required inputmode="decimal" autocomplete="off" error=${reasonFor(action.error, 'amount')} />
        <${Field} label="IBAN" name="iban" required autocomplete="off" spellcheck=${false} error=${reasonFor(action.error, 'details.iban')} />
        <${Field} label="Holder of the account" name="account_holder" required autocomplete="name" error=${reasonFor(action.error, 'details.account_holder')} />
        <p class="fine">The amount is reserved at once. The IBAN is stored encrypted and never shown again.</p>
        ${action.error && html`<${Failure} error=${action.error} />`}
        <p class="actions"><button class="main" disabled=${action.busy}>Request</button></p>
      </form>
    </section>
  `;
}

/**
 * The same request again, after an answer that was lost, has the same key: it is booked once.
 * @param {{ current: { content?: string, key?: string } }} sent
 * @param {object} body
 */
function keyFor(sent, body) {
  const content = JSON.stringify(body);
  if (sent.current.content !== content) sent.current = { content, key: crypto.randomUUID() };
  return /** @type {string} */ (sent.current.key);
}
