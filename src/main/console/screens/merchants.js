import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { list, post } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { go, useQuery } from '../ui/router.js';
import { loaded } from '../ui/states.js';
import { Ask } from '../ui/ask.js';
import { Choice, Filters, TextFilter } from '../ui/filters.js';
import { Badge, Field, MerchantLink, Pager, table, When, reasonFor } from '../ui/parts.js';

const ACTIVITY = [['', 'all'], ['true', 'active'], ['false', 'inactive']];

export function Merchants() {
  useScreen('Merchants');
  const [{ name, active, cursor }, setQuery] = useQuery();
  const [creating, setCreating] = useState(false);
  const page = useLoad(() => list('/merchants', { name, active, cursor, limit: 25 }), [name, active, cursor]);
  return html`
    <h1>Merchants</h1>
    <p class="actions"><button type="button" onClick=${() => setCreating(true)}>New merchant…</button></p>
    ${creating && html`<${NewMerchant} close=${() => setCreating(false)} />`}
    <${Filters} list=${page}>
      <${TextFilter} label="Part of the name" value=${name} change=${(next) => setQuery({ name: next, cursor: null })} />
      <${Choice} label="State" value=${active} options=${ACTIVITY} change=${(next) => setQuery({ active: next, cursor: null })} />
    <//>
    ${loaded(page, 'merchants', (value) => html`
      ${table({
        caption: 'Merchants',
        rows: value.data,
        empty: 'No merchant fits.',
        columns: [
          { name: 'Name', cell: (row) => html`<${MerchantLink} id=${row.id}>${row.name}<//>` },
          { name: 'State', cell: (row) => html`<${Badge} of=${row.status} />` },
          { name: 'Created', cell: (row) => html`<${When} at=${row.created_at} />` },
          { name: 'Default cashback', number: true, cell: (row) => `${row.default_cashback_percentage} %` },
        ],
      })}
      <${Pager} page=${value} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/** @param {{ close: () => void }} props */
function NewMerchant({ close }) {
  const act = ({ name, percentage, hold_days, tracking_url_template }) =>
    post('/merchants', {
      name,
      default_cashback_percentage: Number(percentage),
      ...(hold_days && { hold_days: Number(hold_days) }),
      ...(tracking_url_template && { tracking_url_template }),
    });
  const open = (merchant) => go(`/console/merchants/${merchant.id}`);
  return html`<${Ask} title="New merchant" verb="Create" act=${act} close=${close} done=${open}>${(error) => html`
    <${Field} label="Name" name="name" required maxlength="255" error=${reasonFor(error, 'name')} />
    <${Field} label="Default cashback in percent" name="percentage" required inputmode="decimal" pattern="[0-9]+([.][0-9]{1,4})?"
      hint="Applies while no offer is in force. 0: nothing without an offer." error=${reasonFor(error, 'default_cashback_percentage')} />
    <${Field} label="Days of hold after the confirmation" name="hold_days" type="number" min="0" max="365" hint="Empty: as the installation has it."
      error=${reasonFor(error, 'hold_days')} />
    <${Field} label="Where clicks lead" name="tracking_url_template" hint="An https URL with {click_id} in it. Empty: it takes no clicks."
      error=${reasonFor(error, 'tracking_url_template')} />
  `}<//>`;
}
