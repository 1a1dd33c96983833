// The console for administrators: navigation, search field, and the screen of the address.
import { useEffect, useRef } from 'preact/hooks';
import { html } from '../ui/html.js';
import { Link, go, match, usePath } from '../ui/router.js';
import { Guarded } from '../ui/states.js';
import { ZoneChoice } from '../ui/zone.js';
import { SignOut } from './sign-out.js';
import { Live } from './live.js';
import { Find } from './find.js';
import { Purchases } from './purchases.js';
import { Purchase } from './purchase.js';
import { Users } from './users.js';
import { User } from './user.js';
import { Payouts } from './payouts.js';
import { Payout } from './payout.js';
import { Merchants } from './merchants.js';
import { Merchant } from './merchant.js';
import { Offer } from './offer.js';
import { Partners } from './partners.js';
import { Partner } from './partner.js';
import { Days } from './days.js';
import { Flags } from './flags.js';
import { Audit } from './audit.js';

/** @type {[string, any][]} */
const ROUTES = [
  ['/console', Live],
  ['/console/live', Live],
  ['/console/find', Find],
  ['/console/purchases', Purchases],
  ['/console/purchases/:id', Purchase],
  ['/console/users', Users],
  ['/console/users/:id', User],
  ['/console/payouts', Payouts],
  ['/console/payouts/:id', Payout],
  ['/console/merchants', Merchants],
  ['/console/merchants/:id', Merchant],
  ['/console/offers/:id', Offer],
  ['/console/partners', Partners],
  ['/console/partners/:id', Partner],
  ['/console/days', Days],
  ['/console/flags', Flags],
  ['/console/audit', Audit],
];

const MENU = [
  ['Live', '/console/live'],
  ['Purchases', '/console/purchases'],
  ['Users', '/console/users'],
  ['Payouts', '/console/payouts'],
  ['Merchants', '/console/merchants'],
  ['Partners', '/console/partners'],
  ['Days', '/console/days'],
  ['Feature flags', '/console/flags'],
  ['Audit log', '/console/audit'],
];

/** @param {{ user: Api.Schema<'User'> }} props */
export function ConsoleFrame({ user }) {
  const path = usePath();
  const shown = path.replace(/\/$/, '') === '/console' ? '/console/live' : path.replace('/offers/', '/merchants/');
  const found = match(ROUTES, path);
  if (user.role !== 'admin') return html`<${NoAdmin} user=${user} />`;
  return html`
    <a class="skip" href="#content">Skip to the content</a>
    <header class="top">
      <${Link} to="/console" class="brand">ClicknBack<//>
      <${SearchField} />
      <div class="account">
        <${Link} to="/app/account" class="fine" title="Your account">${user.email}<//>
        <${SignOut} />
      </div>
    </header>
    <nav class="menu" aria-label="Screens">
      ${MENU.map(
        ([name, to]) => html`<${Link} to=${to} aria-current=${shown.startsWith(to) ? 'page' : undefined}>${name}<//>`,
      )}
    </nav>
    <main id="content" tabindex="-1">
      ${found ? html`<${Guarded} key=${path}><${found.screen} ...${found.params} user=${user} /><//>` : html`<${Nowhere} />`}
    </main>
    <${ZoneChoice} />
  `;
}

/** One field for everything; the key / reaches it from anywhere. */
function SearchField() {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    const focus = (event) => {
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const submit = (event) => {
    event.preventDefault();
    const text = input.current?.value.trim();
    if (text) go(`/console/find?q=${encodeURIComponent(text)}`);
  };
  return html`
    <form class="search" role="search" onSubmit=${submit}>
      <label class="hidden" for="search">Find a purchase, a user, a payout, a partner or a merchant</label>
      <input id="search" ref=${input} type="search" placeholder="Id, e-mail, order or name ( / )" />
    </form>
  `;
}

function Nowhere() {
  return html`<h1>No such screen</h1><p>There is nothing at this address. <${Link} to="/console">Back to the start<//>.</p>`;
}

/** @param {{ user: Api.Schema<'User'> }} props */
function NoAdmin({ user }) {
  return html`
    <main class="sign-in">
      <h1>The console is for administrators</h1>
      <p>You are signed in as ${user.email}.</p>
      <p><${Link} to="/app">See your cashback<//> or <${SignOut} name="Sign in as somebody else" /></p>
    </main>
  `;
}
