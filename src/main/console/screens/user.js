// One user: the wallet, every movement that led to it, purchases, payouts, sessions and flags.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get, list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link } from '../ui/router.js';
import { AsOf, loaded } from '../ui/states.js';
import { Outcome } from '../ui/ask.js';
import { Badge, Facts, Id, Money, Pager, PurchaseLink, table, When } from '../ui/parts.js';
import { utcDay, words } from '../ui/format.js';
import { PurchaseTable } from './purchases.js';
import { PayoutTable } from './payouts.js';
import { UserActions } from './user-actions.js';
import { ClickTable } from './user-clicks.js';
import { nameOf, stateOf } from './users.js';
import { walletTold } from './wallet-told.js';

/** @param {{ id: string }} props */
export function User({ id }) {
  const user = useLoad(() => get(`/users/${id}`), [id]);
  useScreen(user.value ? nameOf(user.value) : 'User');
  const [outcome, setOutcome] = useState(/** @type {string | null} */ (null));
  const [reloads, setReloads] = useState(0);
  const again = () => {
    setReloads(reloads + 1);
    user.reload();
  };
  const acted = (text) => {
    setOutcome(text);
    again();
  };
  return html`<h1>${user.value ? nameOf(user.value) : 'User'}</h1><${Outcome}>${outcome}<//>${loaded(user, 'the user', (value) => html`
    <p class="headline"><${Badge} of=${stateOf(value)} /> <span>${value.role === 'admin' ? 'Administrator' : 'Shopper'}</span>
      <span class="fresh"><${AsOf} of=${{ at: user.at, reload: again }} /></span></p>
    <${UserActions} user=${value} acted=${acted} />
    <${Wallet} id=${id} reloads=${reloads} />
    <${Part} at=${`/users/${id}/purchases`} reloads=${reloads} name="purchases" title="Purchases">${(rows) => html`<${PurchaseTable} rows=${rows} />`}<//>
    <${Part} at=${`/users/${id}/clicks`} reloads=${reloads} name="clicks" title="Clicks">${(rows) => html`<${ClickTable} rows=${rows} />`}<//>
    <${Part} at=${`/users/${id}/payouts`} reloads=${reloads} name="payouts" title="Payouts">${(rows) => html`<${PayoutTable} rows=${rows} empty="No payout was requested." ofOneUser />`}<//>
    <${Part} at=${`/users/${id}/wallet/transactions`} reloads=${reloads} name="movements" title="Movements of money">${(rows) => html`<${Journal} rows=${rows} />`}<//>
    <${Part} at=${`/users/${id}/sessions`} reloads=${reloads} name="sessions" title="Sessions">${(rows) => html`<${Sessions} rows=${rows} />`}<//>
    <${Part} at="/feature-flags" reloads=${reloads} query=${{ scope_type: 'user', scope_id: id }} name="flags" title="Feature flags">${(rows) => html`<${OwnFlags} rows=${rows} />`}<//>
    <${Facts} of=${[
      ['Id', html`<${Id} of=${id} />`],
      ['Since', html`<${When} at=${value.created_at} />`],
      ['Changes', html`<${Link} to=${`/console/audit?resource_type=user&resource_id=${id}`}>of this user<//>, <${Link} to=${`/console/audit?actor_id=${id}`}>by this user<//>`],
    ]} />
  `)}`;
}

/** @param {{ id: string, reloads: number }} props */
function Wallet({ id, reloads }) {
  const wallet = useLoad(() => get(`/users/${id}/wallet`), [id], reloads);
  return html`<section aria-labelledby="wallet"><h2 id="wallet">Wallet</h2>
    ${loaded(wallet, 'the wallet', (value) => html`<p class="next"><strong>To read aloud:</strong> ${walletTold(value)}</p><${Facts} of=${[
      ['Pending', html`<${Money} of=${value.pending_balance} currency="EUR" />`],
      ['Of that held', html`<${Money} of=${value.held_balance} currency="EUR" />
        ${value.next_releases.map(({ date, amount }) => html`<span class="fine">${utcDay(date)}: <${Money} of=${amount} /></span>`)}`],
      ['Available', html`<${Money} of=${value.available_balance} currency="EUR" />`],
      ['Reserved for payouts', html`<${Money} of=${value.reserved_balance} currency="EUR" />`],
      ['Paid out', html`<${Money} of=${value.paid_balance} currency="EUR" />`],
    ]} />`)}</section>`;
}

/**
 * A list of things that belong to the user, page by page; loaded again when the count of reloads rises.
 * @param {{ at: string, reloads: number, query?: object, name: string, title: string, children: (rows: any[]) => unknown }} props
 */
function Part({ at, reloads, query, name, title, children }) {
  const [cursor, setCursor] = useState(null);
  const page = useLoad(() => list(at, { ...query, cursor, limit: 10 }), [at, cursor], reloads);
  return html`<section aria-labelledby=${name}>
    <h2 id=${name}>${title}</h2>
    ${loaded(page, title.toLowerCase(), (value) => html`
      ${children(value.data)}
      <${Pager} page=${value} cursor=${cursor} go=${setCursor} />
    `)}
  </section>`;
}

/** @param {{ rows: Api.Schema<'BalancedTransaction'>[] }} props */
function Journal({ rows }) {
  const balance = (name) => (row) => html`<${Money} of=${row.balances_after[`${name}_balance`]} />`;
  return table({
    caption: 'Movements of money, with the balances that each one left',
    rows,
    empty: 'No money has moved yet.',
    columns: [
      { name: 'Movement', cell: (row) => words(row.type) },
      { name: 'When', cell: (row) => html`<${When} at=${row.created_at} />` },
      { name: 'Because of', cell: (row) => html`<${Cause} of=${row} />` },
      { name: 'From and to', cell: (row) => `${row.from ?? 'outside'} → ${row.to ?? 'outside'}` },
      { name: 'Amount', number: true, cell: (row) => html`<${Money} of=${row.amount} />` },
      { name: 'Pending after', number: true, cell: balance('pending') },
      { name: 'Available after', number: true, cell: balance('available') },
      { name: 'Reserved after', number: true, cell: balance('reserved') },
      { name: 'Paid after', number: true, cell: balance('paid') },
    ],
  });
}

/** @param {{ of: Api.Schema<'BalancedTransaction'> }} props */
function Cause({ of: { related_purchase_id: purchase, related_payout_id: payout } }) {
  if (purchase) return html`<${PurchaseLink} id=${purchase}>purchase …${purchase.slice(-6)}<//>`;
  return html`<${Link} to=${`/console/payouts/${payout}`}>payout …${payout?.slice(-6)}<//>`;
}

/** @param {{ rows: Api.Schema<'UserSession'>[] }} props */
function Sessions({ rows }) {
  return table({
    caption: 'Sessions',
    rows,
    empty: 'The user is not signed in anywhere.',
    columns: [
      { name: 'Signed in', cell: (row) => html`<${When} at=${row.created_at} />` },
      { name: 'Last used', cell: (row) => html`<${When} at=${row.refreshed_at} />` },
      { name: 'Ends', cell: (row) => html`<${When} at=${row.ended_at ?? row.expires_at} />` },
      { name: 'State', cell: (row) => html`<${Badge} of=${row.ended_at ? 'ended' : 'active'} />` },
    ],
  });
}

/** @param {{ rows: Api.Schema<'FeatureFlag'>[] }} props */
function OwnFlags({ rows }) {
  return table({
    caption: 'Feature flags',
    rows,
    empty: 'The user has no flag of their own.',
    columns: [
      { name: 'Key', cell: (row) => html`<${Link} to=${`/console/flags?key=${encodeURIComponent(row.key)}`}><code>${row.key}</code><//>` },
      { name: 'Value', cell: (row) => html`<${Badge} of=${row.enabled ? 'on' : 'off'} />` },
      { name: 'Description', cell: (row) => row.description ?? '–' },
      { name: 'Changed', cell: (row) => html`<${When} at=${row.updated_at} />` },
    ],
  });
}
