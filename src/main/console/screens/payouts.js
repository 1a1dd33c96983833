// The queue of payouts: the next ones to handle first.
import { html } from '../ui/html.js';
import { list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link, useQuery } from '../ui/router.js';
import { loaded } from '../ui/states.js';
import { Choice, Filters } from '../ui/filters.js';
import { Badge, Money, Pager, table, UserLink, When } from '../ui/parts.js';

const STATES = [
  ['requested', 'requested'],
  ['processing', 'processing'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['all', 'all'],
];

export function Payouts() {
  useScreen('Payouts');
  const [{ status = 'requested', user_id, cursor }, setQuery] = useQuery();
  const page = useLoad(
    () => list('/payouts', { status: status === 'all' ? null : status, user_id, cursor, limit: 25 }),
    [status, user_id, cursor],
  );
  return html`
    <h1>Payouts</h1>
    <${Filters} list=${page}>
      <${Choice} label="State" value=${status} options=${STATES} change=${(next) => setQuery({ status: next, cursor: null })} />
      ${user_id && html`<button type="button" onClick=${() => setQuery({ user_id: null, cursor: null })}>Of all users</button>`}
    <//>
    ${loaded(page, 'payouts', (value) => html`
      <${PayoutTable} rows=${value.data} />
      <${Pager} page=${value} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/** @param {{ rows: (Api.Schema<'Payout'> & { user_email?: string | null })[], empty?: string, ofOneUser?: boolean }} props */
export function PayoutTable({ rows, empty = 'No payout is in this state.', ofOneUser }) {
  return table({
    caption: 'Payouts',
    rows,
    empty,
    columns: [
      { name: 'Requested', cell: (row) => html`<${Link} to=${`/console/payouts/${row.id}`}><${When} at=${row.requested_at} /><//>` },
      ...(ofOneUser ? [] : [{ name: 'User', cell: (row) => html`<${UserLink} id=${row.user_id}>${row.user_email ?? 'Erased user'}<//>` }]),
      { name: 'To', cell: (row) => html`<${MaskedIban} end=${row.iban_last4} />` },
      { name: 'State', cell: (row) => html`<${Badge} of=${row.status} />` },
      { name: 'Reference', cell: (row) => row.external_reference ?? '–' },
      { name: 'Amount', number: true, cell: (row) => html`<${Money} of=${row.amount} />` },
    ],
  });
}

/**
 * The service shows the end of an IBAN only.
 * @param {{ end: string }} props
 */
export function MaskedIban({ end }) {
  return html`<span class="money"><span aria-hidden="true">•••• </span><span class="hidden">IBAN ending in </span>${end}</span>`;
}
