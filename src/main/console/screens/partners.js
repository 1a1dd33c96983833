import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { list, post } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { Link, useQuery } from '../ui/router.js';
import { loaded } from '../ui/states.js';
import { Ask } from '../ui/ask.js';
import { Filters } from '../ui/filters.js';
import { SecretOnce } from '../ui/secret.js';
import { Badge, Field, Pager, table, When, reasonFor } from '../ui/parts.js';

export const CONFIRMED_BY = {
  verification: 'the verification job of this service',
  partner: 'the partner, by its own events',
};

export function Partners() {
  useScreen('Partners');
  const [{ cursor }, setQuery] = useQuery();
  const [creating, setCreating] = useState(false);
  const [created, setCreated] = useState(/** @type {Api.Schema<'PartnerCreated'> | null} */ (null));
  const page = useLoad(() => list('/partners', { cursor, limit: 25 }), [cursor]);
  const done = (partner) => {
    setCreated(partner);
    page.reload();
  };
  return html`
    <h1>Partners</h1>
    <p class="actions"><button type="button" onClick=${() => setCreating(true)}>New partner…</button></p>
    ${creating && html`<${NewPartner} close=${() => setCreating(false)} done=${done} />`}
    ${created &&
    html`<p><${Link} to=${`/console/partners/${created.id}`}>${created.name}<//> is there.</p>
      <${SecretOnce} of=${created.secret} />`}
    <${Filters} list=${page} />
    ${loaded(page, 'partners', (value) => html`
      ${table({
        caption: 'Partners',
        rows: value.data,
        empty: 'There is no partner yet.',
        columns: [
          { name: 'Name', cell: (row) => html`<${Link} to=${`/console/partners/${row.id}`}>${row.name}<//>` },
          { name: 'State', cell: (row) => html`<${Badge} of=${row.active ? 'active' : 'inactive'} />` },
          { name: 'Purchases are confirmed by', cell: (row) => CONFIRMED_BY[row.confirmed_by] },
          { name: 'Created', cell: (row) => html`<${When} at=${row.created_at} />` },
        ],
      })}
      <${Pager} page=${value} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/** @param {{ close: () => void, done: (answer: any) => void }} props */
function NewPartner({ close, done }) {
  const act = (values) => post('/partners', values);
  return html`<${Ask} title="New partner" verb="Create" act=${act} close=${close} done=${done}>${(error) => html`
    <${Field} label="Name" name="name" required maxlength="255" error=${reasonFor(error, 'name')} />
    <${ConfirmedBy} error=${error} />
  `}<//>`;
}

/** @param {{ present?: string, error: import('../api/errors.js').ApiError | null }} props */
export function ConfirmedBy({ present, error }) {
  return html`<${Field} label="Purchases are confirmed by" name="confirmed_by" error=${reasonFor(error, 'confirmed_by')}>${(shared) => html`
    <select ...${shared}>
      ${Object.entries(CONFIRMED_BY).map(([value, name]) => html`<option value=${value} selected=${value === present}>${name}</option>`)}
    </select>`}<//>`;
}
