// One user: the wallet, every movement that led to it, purchases, payouts and sessions.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link } from '../ui/router.js';
import { Loaded } from '../ui/states.js';
import { Outcome } from '../ui/ask.js';
import { Badge, Facts, Id, Money, Pager, PurchaseLink, Table, When } from '../ui/parts.js';
import { words } from '../ui/format.js';
import { PurchaseTable } from './purchases.js';
import { PayoutTable } from './payouts.js';
import { UserActions } from './user-actions.js';

export function User({ id }) {
  const user = useLoad(() => get(`/users/${id}`), [id]);
  useScreen(user.value?.email ?? 'User');
  const [outcome, setOutcome] = useState(null);
  const [acts, setActs] = useState(0);
  const acted = (text) => {
    setOutcome(text);
    setActs(acts + 1);
    user.reload();
  };
  return html`<h1>${user.value?.email ?? 'User'}</h1><${Outcome}>${outcome}<//><${Loaded} of=${user} what="the user">${(value) => html`
    <p class="headline"><${Badge} of=${value.active ? 'active' : 'inactive'} /> <span>${value.role === 'admin' ? 'Administrator' : 'Shopper'}</span></p>
    <${UserActions} user=${value} acted=${acted} />
    <${Wallet} id=${id} />
    <${Part} id=${id} of="purchases" title="Purchases">${(rows) => html`<${PurchaseTable} rows=${rows} />`}<//>
    <${Part} id=${id} of="payouts" title="Payouts">${(rows) => html`<${PayoutTable} rows=${rows} empty="No payout was requested." />`}<//>
    <${Part} id=${id} of="wallet/transactions" title="Movements of money">${(rows) => html`<${Journal} rows=${rows} />`}<//>
    <${Part} id=${id} key=${`sessions-${acts}`} of="sessions" title="Sessions">${(rows) => html`<${Sessions} rows=${rows} />`}<//>
    <${Facts} of=${[
      ['Id', html`<${Id} of=${id} />`],
      ['Since', html`<${When} at=${value.created_at} />`],
      ['Changes', html`<${Link} to=${`/console/audit?resource_type=user&resource_id=${id}`}>of this user<//>, <${Link} to=${`/console/audit?actor_id=${id}`}>by this user<//>`],
    ]} />
  `}<//>`;
}

function Wallet({ id }) {
  const wallet = useLoad(() => get(`/users/${id}/wallet`), [id]);
  return html`<section aria-labelledby="wallet"><h2 id="wallet">Wallet</h2>
    <${Loaded} of=${wallet} what="the wallet">${(value) => html`<${Facts} of=${[
      ['Pending', html`<${Money} of=${value.pending_balance} currency="EUR" />`],
      ['Available', html`<${Money} of=${value.available_balance} currency="EUR" />`],
      ['Reserved for payouts', html`<${Money} of=${value.reserved_balance} currency="EUR" />`],
      ['Paid out', html`<${Money} of=${value.paid_balance} currency="EUR" />`],
    ]} />`}<//></section>`;
}

/** A list of things that belong to the user, page by page. */
function Part({ id, of: name, title, children }) {
  const [cursor, setCursor] = useState(null);
  const page = useLoad(() => get(`/users/${id}/${name}`, { cursor, limit: 10 }), [id, name, cursor]);
  const heading = name.replace('/', '-');
  return html`<section aria-labelledby=${heading}>
    <h2 id=${heading}>${title}</h2>
    <${Loaded} of=${page} what=${title.toLowerCase()}>${(value) => html`
      ${children(value.data)}
      <${Pager} page=${value} cursor=${cursor} go=${setCursor} />
    `}<//>
  </section>`;
}

function Journal({ rows }) {
  const balance = (name) => (row) => html`<${Money} of=${row.balances_after[`${name}_balance`]} />`;
  return html`<${Table}
    caption="Movements of money, with the balances that each one left"
    rows=${rows}
    empty="No money has moved yet."
    columns=${[
      { name: 'Movement', cell: (row) => words(row.type) },
      { name: 'When', cell: (row) => html`<${When} at=${row.created_at} />` },
      { name: 'Because of', cell: (row) => html`<${Cause} of=${row} />` },
      { name: 'From', cell: (row) => row.from ?? '–' },
      { name: 'To', cell: (row) => row.to ?? '–' },
      { name: 'Amount', number: true, cell: (row) => html`<${Money} of=${row.amount} />` },
      { name: 'Pending after', number: true, cell: balance('pending') },
      { name: 'Available after', number: true, cell: balance('available') },
      { name: 'Reserved after', number: true, cell: balance('reserved') },
      { name: 'Paid after', number: true, cell: balance('paid') },
    ]}
  />`;
}

function Cause({ of: { related_purchase_id: purchase, related_payout_id: payout } }) {
  if (purchase) return html`<${PurchaseLink} id=${purchase}>purchase<//>`;
  return html`<${Link} to=${`/console/payouts/${payout}`}>payout<//>`;
}

function Sessions({ rows }) {
  return html`<${Table}
    caption="Sessions"
    rows=${rows}
    empty="The user is not signed in anywhere."
    columns=${[
      { name: 'Signed in', cell: (row) => html`<${When} at=${row.created_at} />` },
      { name: 'Last used', cell: (row) => html`<${When} at=${row.refreshed_at} />` },
      { name: 'Ends', cell: (row) => html`<${When} at=${row.ended_at ?? row.expires_at} />` },
      { name: 'State', cell: (row) => html`<${Badge} of=${row.ended_at ? 'ended' : 'active'} />` },
    ]}
  />`;
}
