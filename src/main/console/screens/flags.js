// Feature flags: the value of the exact scope counts, then the global one, else on.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { list, put, remove } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { useQuery } from '../ui/router.js';
import { loaded } from '../ui/states.js';
import { Ask, Outcome } from '../ui/ask.js';
import { Choice, Filters, TextFilter } from '../ui/filters.js';
import { Badge, Field, MerchantLink, Pager, table, UserLink, When, reasonFor } from '../ui/parts.js';

const SCOPES = ['global', 'merchant', 'user'];
/** @param {Pick<Api.Schema<'FeatureFlag'>, 'key' | 'scope_type' | 'scope_id'>} flag */
const named = (flag) => `${flag.key} (${flag.scope_type}${flag.scope_id ? ` ${flag.scope_id}` : ''})`;
/** @param {boolean} enabled */
const value = (enabled) => (enabled ? 'on' : 'off');

export function Flags() {
  useScreen('Feature flags');
  const [{ key, scope_type, cursor }, setQuery] = useQuery();
  const [asked, setAsked] = useState(/** @type {{ kind: string, flag?: any } | null} */ (null));
  const [outcome, setOutcome] = useState(/** @type {string | null} */ (null));
  const page = useLoad(() => list('/feature-flags', { key, scope_type, cursor, limit: 25 }), [key, scope_type, cursor]);
  const close = () => setAsked(null);
  const done = (text) => {
    setOutcome(text);
    page.reload();
  };
  return html`
    <h1>Feature flags</h1>
    <${Outcome}>${outcome}<//>
    <p class="fine">The flag of exactly this user or merchant counts. Without one the global flag does, and without that the feature is on.</p>
    <p class="actions"><button type="button" onClick=${() => setAsked({ kind: 'set' })}>Set a flag…</button></p>
    ${asked?.kind === 'set' && html`<${SetFlag} close=${close} done=${(flag) => done(`${named(flag)} is ${value(flag.enabled)}.`)} />`}
    ${asked?.kind === 'switch' && html`<${Switch} flag=${asked.flag} close=${close} done=${(flag) => done(`${named(flag)} is ${value(flag.enabled)}.`)} />`}
    ${asked?.kind === 'delete' && html`<${Delete} flag=${asked.flag} close=${close} done=${() => done(`${named(asked.flag)} is deleted.`)} />`}
    <${Filters} list=${page}>
      <${TextFilter} label="Exact key" value=${key} change=${(next) => setQuery({ key: next, cursor: null })} />
      <${Choice} label="Scope" value=${scope_type} options=${[['', 'all'], ...SCOPES.map((one) => [one, one])]}
        change=${(next) => setQuery({ scope_type: next, cursor: null })} />
    <//>
    ${loaded(page, 'feature flags', (list) => html`
      ${table({
        caption: 'Feature flags',
        rows: list.data,
        empty: 'No flag fits: every feature is on.',
        columns: [
          { name: 'Key', cell: (row) => html`<code>${row.key}</code>${row.description && html`<br /><span class="fine">${row.description}</span>`}` },
          { name: 'Value', cell: (row) => html`<${Badge} of=${value(row.enabled)} />` },
          { name: 'Scope', cell: (row) => html`<${Scope} of=${row} />` },
          { name: 'Changed', cell: (row) => html`<${When} at=${row.updated_at} />` },
          { name: 'Actions', cell: (row) => html`
              <button type="button" aria-label=${`Switch ${named(row)} ${value(!row.enabled)}`} onClick=${() => setAsked({ kind: 'switch', flag: row })}>Switch ${value(!row.enabled)}…</button>${' '}
              <button type="button" aria-label=${`Delete ${named(row)}`} onClick=${() => setAsked({ kind: 'delete', flag: row })}>Delete…</button>` },
        ],
      })}
      <${Pager} page=${list} cursor=${cursor} go=${(next) => setQuery({ cursor: next }, { step: true })} />
    `)}
  `;
}

/** @param {{ of: Api.Schema<'FeatureFlag'> }} props */
function Scope({ of: flag }) {
  if (flag.scope_type === 'merchant') return html`merchant <${MerchantLink} id=${flag.scope_id} />`;
  if (flag.scope_type === 'user') return html`user <${UserLink} id=${flag.scope_id} />`;
  return 'global';
}

/** @param {{ close: () => void, done: (answer: any) => void }} props */
function SetFlag({ close, done }) {
  const [scope, setScope] = useState('global');
  const act = ({ key, enabled, scope_id, description }) =>
    put(`/feature-flags/${encodeURIComponent(key)}`, {
      enabled: enabled === 'on',
      scope_type: scope,
      scope_id: scope_id || null,
      description: description || null,
    });
  return html`<${Ask} title="Set a flag" verb="Set" act=${act} close=${close} done=${done}>${(error) => html`
    <${Field} label="Key" name="key" required maxlength="100" hint="Small letters, digits and _." error=${reasonFor(error, 'key')} />
    <${Field} label="Value" name="enabled">${(shared) => html`
      <select ...${shared}><option value="on">on</option><option value="off">off</option></select>`}<//>
    <${Field} label="For whom" name="scope_type">${(shared) => html`
      <select ...${shared} value=${scope} onChange=${(event) => setScope(event.target.value)}>
        ${SCOPES.map((one) => html`<option value=${one}>${one}</option>`)}
      </select>`}<//>
    ${scope !== 'global' && html`<${Field} label=${`Id of the ${scope}`} name="scope_id" required error=${reasonFor(error, 'scope_id')} />`}
    <${Field} label="Description" name="description" maxlength="1000" error=${reasonFor(error, 'description')} />
    <p>A flag that is there already takes the new value.</p>
  `}<//>`;
}

/** @param {{ flag: Api.Schema<'FeatureFlag'>, close: () => void, done: (answer: any) => void }} props */
function Switch({ flag, close, done }) {
  const act = () =>
    put(`/feature-flags/${encodeURIComponent(flag.key)}`, { enabled: !flag.enabled, scope_type: flag.scope_type, scope_id: flag.scope_id });
  return html`<${Ask} title=${`Switch ${named(flag)} ${value(!flag.enabled)}?`} verb=${`Switch ${value(!flag.enabled)}`} danger=${flag.enabled}
    act=${act} close=${close} done=${done}>${() => html`
    <p>It takes effect at once: <${Reach} of=${flag} />${flag.scope_type === 'global' && ', except those with a flag of their own'}.</p>`}<//>`;
}

/** @param {{ flag: Api.Schema<'FeatureFlag'>, close: () => void, done: (answer: any) => void }} props */
function Delete({ flag, close, done }) {
  const act = () =>
    remove(`/feature-flags/${encodeURIComponent(flag.key)}`, { scope_type: flag.scope_type, scope_id: flag.scope_id });
  return html`<${Ask} title=${`Delete ${named(flag)}?`} verb="Delete" danger act=${act} close=${close} done=${done}>${() => html`
    <p>${flag.scope_type === 'global' ? 'Without a global flag the feature is on.' : 'The global flag counts from then on.'}</p>`}<//>`;
}

/** @param {{ of: Api.Schema<'FeatureFlag'> }} props */
function Reach({ of: flag }) {
  return flag.scope_type === 'global' ? 'for all merchants and users' : `for one ${flag.scope_type}`;
}
