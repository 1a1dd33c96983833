// Secrets rotate with an overlap: add the new one, let the partner switch, delete the old one.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { post, remove } from '../api/client.js';
import { Ask } from '../ui/ask.js';
import { SecretOnce } from '../ui/secret.js';
import { Id, table, When } from '../ui/parts.js';

/** @param {{ partner: Api.Schema<'PartnerProfile'>, shown: string | null, added: (secret: string) => void, changed: (text: string) => void }} props */
export function Secrets({ partner, shown, added, changed }) {
  const [open, setOpen] = useState(/** @type {'add' | Api.Schema<'PartnerSecret'> | null} */ (null));
  const close = () => setOpen(null);
  const done = ({ secret }) => {
    added(secret);
    changed('A secret was added. The others stay valid.');
  };
  return html`
    <section aria-labelledby="secrets">
      <h2 id="secrets">Secrets</h2>
      <p class="fine">All of them are valid until deleted. To rotate: add one, wait until the partner signs with it, delete the old one.</p>
      ${table({
        caption: 'Secrets',
        rows: partner.secrets,
        empty: 'The partner has no secret: everything that it sends is refused.',
        columns: [
          { name: 'Id', cell: (row) => html`<${Id} of=${row.id} />` },
          { name: 'Since', cell: (row) => html`<${When} at=${row.created_at} />` },
          { name: 'Action', cell: (row) => html`<button type="button" onClick=${() => setOpen(row)}>Delete…</button>` },
        ],
      })}
      <p class="actions"><button type="button" onClick=${() => setOpen('add')}>Add a secret…</button></p>
      ${shown && html`<${SecretOnce} of=${shown} />`}
      ${open === 'add' && html`<${Add} partner=${partner} close=${close} done=${done} />`}
      ${open && open !== 'add' && html`<${Delete} partner=${partner} secret=${open} close=${close} done=${() => changed('The secret is deleted.')} />`}
    </section>
  `;
}

/** @param {{ partner: Api.Schema<'PartnerProfile'>, close: () => void, done: (answer: any) => void }} props */
function Add({ partner, close, done }) {
  const act = () => post(`/partners/${partner.id}/secrets`);
  return html`<${Ask} title="Add a secret?" verb="Add" act=${act} close=${close} done=${done}>${() => html`
    <p>The new secret is valid at once, beside the ${partner.secrets.length} of now. It is shown once.</p>`}<//>`;
}

/** @param {{ partner: Api.Schema<'PartnerProfile'>, secret: Api.Schema<'PartnerSecret'>, close: () => void, done: (answer: any) => void }} props */
function Delete({ partner, secret, close, done }) {
  const act = () => remove(`/partners/${partner.id}/secrets/${secret.id}`);
  const last = partner.secrets.length === 1;
  return html`<${Ask} title="Delete this secret?" verb="Delete" danger act=${act} close=${close} done=${done}>${() => html`
    <p>What is signed with <${Id} of=${secret.id} /> is refused from now on.</p>
    ${last && html`<p class="warning">It is the last one: everything that the partner sends will be refused.</p>`}
  `}<//>`;
}
