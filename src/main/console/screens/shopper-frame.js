// A shopper's pages: the cashback, where it comes from, and how to get it paid out.
import { html } from '../ui/html.js';
import { Link, match, usePath } from '../ui/router.js';
import { Guarded } from '../ui/states.js';
import { ZoneChoice } from '../ui/zone.js';
import { SignOut } from './sign-out.js';
import { ShopperHome } from './shopper-home.js';
import { ShopperPurchases } from './shopper-purchases.js';
import { ShopperPurchase } from './shopper-purchase.js';
import { ShopperOffers } from './shopper-offers.js';
import { ShopperVisits } from './shopper-visits.js';
import { ShopperPayouts } from './shopper-payouts.js';
import { ShopperAccount } from './shopper-account.js';

/** @type {[string, any][]} */
const ROUTES = [
  ['/app', ShopperHome],
  ['/app/purchases', ShopperPurchases],
  ['/app/purchases/:id', ShopperPurchase],
  ['/app/offers', ShopperOffers],
  ['/app/visits', ShopperVisits],
  ['/app/payouts', ShopperPayouts],
  ['/app/account', ShopperAccount],
];

const MENU = [
  ['Purchases', '/app/purchases'],
  ['Offers', '/app/offers'],
  ['Visits', '/app/visits'],
  ['Payouts', '/app/payouts'],
  ['Account', '/app/account'],
];

/** @param {{ user: Api.Schema<'User'> }} props */
export function ShopperFrame({ user }) {
  const path = usePath();
  const found = match(ROUTES, path);
  const home = path.replace(/\/$/, '') === '/app';
  return html`
    <a class="skip" href="#content">Skip to the content</a>
    <header class="top">
      <${Link} to="/app" class="brand">ClicknBack<//>
      <div class="account"><span class="fine">${user.email}</span> <${SignOut} /></div>
    </header>
    <nav class="menu" aria-label="Screens">
      <${Link} to="/app" aria-current=${home ? 'page' : undefined}>Cashback<//>
      ${MENU.map(
        ([name, to]) => html`<${Link} to=${to} aria-current=${path.startsWith(to) ? 'page' : undefined}>${name}<//>`,
      )}
    </nav>
    <main id="content" tabindex="-1">
      ${found ? html`<${Guarded} key=${path}><${found.screen} ...${found.params} user=${user} /><//>` : html`<${Nowhere} />`}
    </main>
    <${ZoneChoice} />
  `;
}

function Nowhere() {
  return html`<h1>No such page</h1><p>There is nothing at this address. <${Link} to="/app">Back to your cashback<//>.</p>`;
}
