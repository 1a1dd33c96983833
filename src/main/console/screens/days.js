// The purchases and the cashback of each day, by merchant or by partner.
import { html } from '../ui/html.js';
import { get, list } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link, useQuery } from '../ui/router.js';
import { loaded } from '../ui/states.js';
import { Choice, Filters, TextFilter } from '../ui/filters.js';
import { MerchantLink, Money, Pager, table } from '../ui/parts.js';
import { number } from '../ui/chart.js';
import { today, utcDay } from '../ui/format.js';

const MONTH = 29;

export function Days() {
  useScreen('Days');
  const [{ group_by = 'merchant', from = today(-MONTH), to = today(), cursor }, setQuery] = useQuery();
  const page = useLoad(() => list('/stats/daily', { group_by, from, to, cursor, limit: 20 }), [group_by, from, to, cursor]);
  const filter = (name) => (next) => setQuery({ [name]: next, cursor: null });
  const group = group_by === 'partner' ? Partner : Merchant;
  const count = (name, money) => (row) => html`<${Money} of=${row[money]} /><br /><span class="fine">${number(row[name])} ${name}</span>`;
  return html`
    <h1>Days</h1>
    <p class="fine">Each thing counts on the UTC day on which it happened, whenever the purchase was made.</p>
    <${Filters} list=${page}>
      <${Choice} label="By" value=${group_by} options=${[['merchant', 'merchant'], ['partner', 'partner']]} change=${filter('group_by')} />
      <${TextFilter} label="From day (UTC)" type="date" value=${from} change=${filter('from')} />
      <${TextFilter} label="To day (UTC)" type="date" value=${to} change=${filter('to')} />
    <//>
    ${loaded(page, 'the days', (value) => html`
      ${table({
        caption: 'Days',
        rows: value.data.map((row) => ({ ...row, id: `${row.day} ${row.group_id}` })),
        empty: 'Nothing happened on these days.',
        columns: [
          { name: 'Day', cell: (row) => utcDay(row.day) },
          { name: group_by === 'partner' ? 'Partner' : 'Merchant', cell: (row) => html`<${group} id=${row.group_id} />` },
          { name: 'Bought', number: true, cell: count('accepted', 'accepted_amount') },
          { name: 'Cashback credited', number: true, cell: count('credited', 'cashback_credited') },
          { name: 'Changed later', number: true, cell: (row) => html`<${Money} of=${row.cashback_changed} />` },
          { name: 'Became available', number: true, cell: count('confirmed', 'cashback_confirmed') },
          { name: 'Rejected', number: true, cell: count('rejected', 'cashback_rejected') },
          { name: 'Reversed', number: true, cell: count('reversed', 'cashback_reversed') },
        ],
      })}
      <${Pager} page=${value} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/** @param {{ id: string }} props */
function Merchant({ id }) {
  const merchant = useLoad(() => get(`/merchants/${id}`), [id]);
  return html`<${MerchantLink} id=${id}>${merchant.value?.name ?? id}<//>`;
}

/** @param {{ id: string | null }} props */
function Partner({ id }) {
  const partner = useLoad(() => (id ? get(`/partners/${id}`) : Promise.resolve(null)), [id]);
  if (!id) return 'users themselves';
  return html`<${Link} to=${`/console/partners/${id}`}>${partner.value?.name ?? id}<//>`;
}
