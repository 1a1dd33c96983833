// Secrets rotate with an overlap: add the new one, let the partner switch, delete the old one or let it expire.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { patch, post, remove } from '../api/client.js';
import { Ask } from '../ui/ask.js';
import { SecretOnce } from '../ui/secret.js';
import { Badge, Field, Id, reasonFor, table, When } from '../ui/parts.js';
import { today } from '../ui/format.js';

/** @param {{ partner: Api.Schema<'PartnerProfile'>, shown: string | null, added: (secret: string) => void, changed: (text: string) => void }} props */
export function Secrets({ partner, shown, added, changed }) {
  const [open, setOpen] = useState(/** @type {{ what: 'add' } | { what: 'expiry' | 'delete', of: Api.Schema<'PartnerSecret'> } | null} */ (null));
  const close = () => setOpen(null);
  const done = ({ secret }) => {
    added(secret);
    changed('A secret was added. The others stay valid.');
  };
  return html`
    <section aria-labelledby="secrets">
      <h2 id="secrets">Secrets</h2>
      <p class="fine">All of them are valid until they expire or are deleted. To rotate: add one, wait until the partner signs with it, delete the old one or let it expire.</p>
      ${table({
        caption: 'Secrets',
        rows: partner.secrets,
        empty: 'The partner has no secret: everything that it sends is refused.',
        columns: [
          { name: 'Id', cell: (row) => html`<${Id} of=${row.id} />` },
          { name: 'Since', cell: (row) => html`<${When} at=${row.created_at} />` },
          { name: 'Last used', cell: (row) => html`<${When} at=${row.last_used_at} />` },
          { name: 'Expires', cell: (row) => (row.expires_at ? html`<${When} at=${row.expires_at} /> ${isOver(row) && html`<${Badge} of="expired" />`}` : 'never') },
          {
            name: 'Action',
            cell: (row) => html`
              <button type="button" onClick=${() => setOpen({ what: 'expiry', of: row })}>Expiry…</button>${' '}
              <button type="button" onClick=${() => setOpen({ what: 'delete', of: row })}>Delete…</button>
            `,
          },
        ],
      })}
      <p class="actions"><button type="button" onClick=${() => setOpen({ what: 'add' })}>Add a secret…</button></p>
      ${shown && html`<${SecretOnce} of=${shown} />`}
      ${open?.what === 'add' && html`<${Add} partner=${partner} close=${close} done=${done} />`}
      ${open?.what === 'expiry' && html`<${Expiry} partner=${partner} secret=${open.of} close=${close} done=${(after) => changed(said(after))} />`}
      ${open?.what === 'delete' && html`<${Delete} partner=${partner} secret=${open.of} close=${close} done=${() => changed('The secret is deleted.')} />`}
    </section>
  `;
}

/** @param {Api.Schema<'PartnerSecret'>} secret */
const isOver = ({ expires_at }) => expires_at !== null && Date.parse(expires_at) <= Date.now();

/** @param {Api.Schema<'PartnerSecret'>} secret */
const said = ({ expires_at }) => (expires_at ? `The secret is valid until ${expires_at.slice(0, 10)}.` : 'The secret does not expire.');

/**
 * The end of a form's last day, as the service takes it.
 * @param {Record<string, string>} values
 */
const expiry = ({ last_day }) => ({ expires_at: last_day ? new Date(Date.parse(last_day) + 86_399_000).toISOString() : null });

/** @param {{ present: string | null, error: any }} props */
function LastDay({ present, error }) {
  return html`<${Field} label="Last day (UTC)" name="last_day" type="date" min=${today()} defaultValue=${present ? present.slice(0, 10) : ''}
    hint="Empty: it does not expire." error=${reasonFor(error, 'expires_at')} />`;
}

/** @param {{ partner: Api.Schema<'PartnerProfile'>, close: () => void, done: (answer: any) => void }} props */
function Add({ partner, close, done }) {
  const act = (values) => post(`/partners/${partner.id}/secrets`, expiry(values));
  return html`<${Ask} title="Add a secret?" verb="Add" act=${act} close=${close} done=${done}>${(error) => html`
    <p>The new secret is valid at once, beside the ${partner.secrets.length} of now. It is shown once.</p>
    <${LastDay} present=${null} error=${error} />`}<//>`;
}

/** @param {{ partner: Api.Schema<'PartnerProfile'>, secret: Api.Schema<'PartnerSecret'>, close: () => void, done: (answer: any) => void }} props */
function Expiry({ partner, secret, close, done }) {
  const act = (values) => patch(`/partners/${partner.id}/secrets/${secret.id}`, expiry(values));
  return html`<${Ask} title="When does this secret expire?" verb="Save" act=${act} close=${close} done=${done}>${(error) => html`
    <p>After its last day, what is signed with <${Id} of=${secret.id} /> is refused.</p>
    <${LastDay} present=${secret.expires_at} error=${error} />`}<//>`;
}

/** @param {{ partner: Api.Schema<'PartnerProfile'>, secret: Api.Schema<'PartnerSecret'>, close: () => void, done: (answer: any) => void }} props */
function Delete({ partner, secret, close, done }) {
  const act = () => remove(`/partners/${partner.id}/secrets/${secret.id}`);
  const last = partner.secrets.every((other) => other.id === secret.id || isOver(other));
  return html`<${Ask} title="Delete this secret?" verb="Delete" danger act=${act} close=${close} done=${done}>${() => html`
    <p>What is signed with <${Id} of=${secret.id} /> is refused from now on.</p>
    ${last && html`<p class="warning">It is the last one: everything that the partner sends will be refused.</p>`}
  `}<//>`;
}
