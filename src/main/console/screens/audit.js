// The audit log: who changed what, and from what to what.
import { html } from '../ui/html.js';
import { list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link, useQuery } from '../ui/router.js';
import { loaded } from '../ui/states.js';
import { Choice, Filters, TextFilter } from '../ui/filters.js';
import { Id, Pager, table, UserLink, When } from '../ui/parts.js';
import { words } from '../ui/format.js';
import { changes } from './audit-diff.js';

const ACTIONS = [
  'PURCHASE_CONFIRMED', 'PURCHASE_REJECTED', 'PURCHASE_REINSTATED', 'PURCHASE_REFUNDED', 'PURCHASE_CORRECTED', 'PURCHASE_REVERSED', 'CASHBACK_RELEASED', 'PURCHASE_ATTACHED', 'CASHBACK_CREDITED', 'CASHBACK_REALLOTTED',
  'PAYOUT_REQUESTED', 'PAYOUT_PROCESSED',
  'MERCHANT_CREATED', 'MERCHANT_UPDATED', 'MERCHANT_ACTIVATED', 'MERCHANT_DEACTIVATED', 'OFFER_CREATED', 'OFFER_UPDATED', 'OFFER_ACTIVATED', 'OFFER_DEACTIVATED', 'FEATURE_FLAG_SET',
  'FEATURE_FLAG_DELETED', 'PARTNER_CREATED', 'PARTNER_ACTIVATED', 'PARTNER_DEACTIVATED', 'PARTNER_CONFIRMATION_SET', 'PARTNER_SECRET_ADDED',
  'PARTNER_SECRET_EXPIRY_SET',
  'PARTNER_SECRET_REVOKED', 'PARTNER_EVENT_REFUSED', 'PARTNER_EVENT_EXPIRED', 'USER_REGISTERED', 'USER_ROLE_SET', 'USER_ACTIVATED', 'USER_DEACTIVATED', 'USER_ERASED',
  'USER_SESSIONS_ENDED', 'PASSWORD_CHANGED',
];
const RESOURCES = ['purchase', 'cashback_batch', 'payout', 'merchant', 'offer', 'feature_flag', 'partner', 'user'];
const PLACES = { purchase: 'purchases', payout: 'payouts', merchant: 'merchants', offer: 'offers', partner: 'partners', user: 'users' };
const NAMES = ['action', 'resource_type', 'resource_id', 'actor_id', 'start_date', 'end_date', 'cursor'];

/** @param {string[]} values */
const choices = (values) => [['', 'all'], ...values.map((one) => [one, words(one)])];

export function Audit() {
  useScreen('Audit log');
  const [query, setQuery] = useQuery();
  const filters = Object.fromEntries(NAMES.map((name) => [name, query[name]]));
  const page = useLoad(() => list('/audit-logs', { ...filters, limit: 25 }), Object.values(filters));
  const filter = (name) => (next) => setQuery({ [name]: next, cursor: null });
  return html`
    <h1>Audit log</h1>
    <${Filters} list=${page}>
      <${Choice} label="Action" value=${query.action} options=${choices(ACTIONS)} change=${filter('action')} />
      <${Choice} label="Resource" value=${query.resource_type} options=${choices(RESOURCES)} change=${filter('resource_type')} />
      <${TextFilter} label="Id of the resource" value=${query.resource_id} change=${filter('resource_id')} />
      <${TextFilter} label="Id of who did it" value=${query.actor_id} change=${filter('actor_id')} />
      <${TextFilter} label="From day (UTC)" type="date" value=${query.start_date} change=${filter('start_date')} />
      <${TextFilter} label="To day (UTC)" type="date" value=${query.end_date} change=${filter('end_date')} />
    <//>
    ${loaded(page, 'the audit log', (value) => html`
      ${table({
        caption: 'Audit log',
        rows: value.data,
        empty: 'No entry fits.',
        columns: [
          { name: 'Action', cell: (row) => words(row.action) },
          { name: 'When', cell: (row) => html`<${When} at=${row.occurred_at} />` },
          { name: 'By', cell: (row) => html`${row.actor_type}${row.actor_id && html` <${UserLink} id=${row.actor_id} />`}` },
          { name: 'Resource', cell: (row) => html`<${Resource} of=${row} />` },
          { name: 'What changed', cell: (row) => html`<${Diff} of=${row} />` },
        ],
      })}
      <${Pager} page=${value} cursor=${query.cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/** @param {{ of: Api.Schema<'AuditEntry'> }} props */
function Resource({ of: { resource_type: type, resource_id: id } }) {
  const place = PLACES[type];
  return html`${words(type)}<br />${place ? html`<${Link} to=${`/console/${place}/${id}`}>${id}<//>` : html`<${Id} of=${id} />`}`;
}

/** @param {{ of: Api.Schema<'AuditEntry'> }} props */
function Diff({ of: entry }) {
  return html`<ul class="diff">
    ${changes(entry).map(({ name, before, after }) => html`<li>
      ${words(name)}: ${before !== undefined && html`<del>${before ?? 'nothing'}</del>${' → '}`}<ins>${after ?? 'nothing'}</ins>
    </li>`)}
  </ul>`;
}
