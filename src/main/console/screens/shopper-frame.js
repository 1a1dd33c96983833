// A shopper's page: the wallet and what moved in it.
import { html } from '../ui/html.js';
import { get } from '../api/client.js';
import { signOut } from '../api/session.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Loaded } from '../ui/states.js';
import { Facts, Money } from '../ui/parts.js';
import { Link } from '../ui/router.js';

export function ShopperFrame({ user }) {
  useScreen('Your cashback');
  const wallet = useLoad(() => get('/users/me/wallet'), [user.id]);
  return html`
    <header class="top">
      <${Link} to="/app" class="brand">ClicknBack<//>
      <div class="account"><span class="fine">${user.email}</span> <button type="button" onClick=${signOut}>Sign out</button></div>
    </header>
    <main id="content">
      <h1>Your cashback</h1>
      <${Loaded} of=${wallet} what="your wallet">${(value) => html`
        <${Facts} of=${[
          ['Available', html`<${Money} of=${value.available_balance} currency="EUR" />`],
          ['Pending', html`<${Money} of=${value.pending_balance} currency="EUR" />`],
          ['On its way to you', html`<${Money} of=${value.reserved_balance} currency="EUR" />`],
          ['Paid out', html`<${Money} of=${value.paid_balance} currency="EUR" />`],
        ]} />
      `}<//>
    </main>
  `;
}
