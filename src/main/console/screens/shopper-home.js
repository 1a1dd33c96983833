// The balances, each with a word on what it means, and what was bought last.
import { html } from '../ui/html.js';
import { get, list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link } from '../ui/router.js';
import { AsOf, loaded } from '../ui/states.js';
import { Money } from '../ui/parts.js';
import { utcDay } from '../ui/format.js';
import { PurchaseCards } from './shopper-purchases.js';

const BALANCES = [
  ['available_balance', 'Available', 'Yours: you can have it paid out.'],
  ['pending_balance', 'Pending', 'Becomes available once the shop stands by the purchase, and its time for returns is over.'],
  ['reserved_balance', 'On its way to you', 'Requested, and not at your bank yet.'],
  ['paid_balance', 'Paid out', 'All that you have received so far.'],
];

/** @param {{ user: Api.Schema<'User'> }} props */
export function ShopperHome({ user }) {
  useScreen('Your cashback');
  const wallet = useLoad(() => get('/users/me/wallet'), [user.id]);
  const purchases = useLoad(() => list('/users/me/purchases', { limit: 5 }), [user.id]);
  const again = () => Promise.all([wallet.reload(), purchases.reload()]);
  return html`
    <h1>Your cashback</h1>
    ${loaded(wallet, 'your wallet', (value) => html`
      <dl class="facts balances">
        ${BALANCES.map(([name, title, meaning]) => html`<div key=${name}>
          <dt>${title}</dt>
          <dd><strong class="sum"><${Money} of=${value[name]} currency="EUR" /></strong><span class="fine">${meaning}</span></dd>
        </div>`)}
      </dl>
      ${value.held_balance !== '0.00' &&
      html`<p>Of what is pending, <${Money} of=${value.held_balance} currency="EUR" /> is confirmed and held until goods can no longer come back.
        ${value.next_releases.map(({ date, amount }, at) => html`${at > 0 ? ', ' : ' Next: '}<${Money} of=${amount} /> on ${utcDay(date)}`)}</p>`}
      ${value.available_balance.startsWith('-') &&
      html`<p class="warning">Cashback was taken back that was paid out, or is reserved for a payout. Your next cashback pays that off.</p>`}
      <p class="actions"><${Link} to="/app/payouts">Have it paid out<//> <${AsOf} of=${{ at: wallet.at, reload: again }} /></p>
    `)}
    <section aria-labelledby="last">
      <h2 id="last">Last purchases</h2>
      ${loaded(purchases, 'your purchases', (value) => html`
        <${PurchaseCards} rows=${value.data} />
        ${value.pagination.next_cursor && html`<p><${Link} to="/app/purchases">All purchases<//></p>`}
      `)}
    </section>
  `;
}
