// One partner: whether it may deliver, who decides, its secrets, a test webhook, and its inbox.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { get, patch } from '../api/client.js';
import { useLoad, useScreen } from '../ui/hooks.js';
import { AsOf, loaded } from '../ui/states.js';
import { Ask, Outcome } from '../ui/ask.js';
import { Badge, Facts, Id, When } from '../ui/parts.js';
import { CONFIRMED_BY, ConfirmedBy } from './partners.js';
import { Secrets } from './partner-secrets.js';
import { Inbox } from './partner-inbox.js';
import { Events } from './partner-events.js';
import { WebhookTest } from './webhook-test.js';

/** @param {{ id: string }} props */
export function Partner({ id }) {
  const partner = useLoad(() => get(`/partners/${id}`), [id]);
  useScreen(partner.value?.name ?? 'Partner');
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const [outcome, setOutcome] = useState(/** @type {string | null} */ (null));
  const [secret, setSecret] = useState(/** @type {string | null} */ (null));
  const [sent, setSent] = useState(0);
  const close = () => setOpen(null);
  const changed = (text) => {
    setOutcome(text);
    partner.reload();
  };
  const delivered = () => {
    setSent(sent + 1);
    partner.reload();
  };
  return html`<h1>${partner.value?.name ?? 'Partner'}</h1><${Outcome}>${outcome}<//>${loaded(partner, 'the partner', (value) => html`
    <p class="headline"><${Badge} of=${value.active ? 'active' : 'inactive'} /> <span>Confirmed by ${CONFIRMED_BY[value.confirmed_by]}</span></p>
    <p class="actions">
      <button type="button" onClick=${() => setOpen('switch')}>${value.active ? 'Switch off…' : 'Switch on…'}</button>
      <button type="button" onClick=${() => setOpen('confirmed')}>Who confirms…</button>
      <${AsOf} of=${partner} />
    </p>
    ${open === 'switch' && html`<${Switch} partner=${value} close=${close} done=${(after) => changed(`The partner is ${after.active ? 'active' : 'inactive'}.`)} />`}
    ${open === 'confirmed' && html`<${WhoConfirms} partner=${value} close=${close} done=${(after) => changed(`Purchases are confirmed by ${CONFIRMED_BY[after.confirmed_by]}.`)} />`}
    <${Facts} of=${[
      ['Purchases that wait for its word', many(value.waiting.purchases)],
      ['Events that wait for their purchase', many(value.waiting.events)],
      ['Last delivery', html`<${When} at=${value.last_delivery_at} />`],
      ['Created', html`<${When} at=${value.created_at} />`],
      ['Id', html`<${Id} of=${value.id} />`],
    ]} />
    <${Secrets} partner=${value} added=${setSecret} shown=${secret} changed=${changed} />
    <${WebhookTest} key=${secret} partner=${value} secret=${secret} sent=${delivered} />
    <${Inbox} partnerId=${id} key=${`inbox-${sent}`} />
    <${Events} partnerId=${id} key=${`events-${sent}`} />
  `)}`;
}

/**
 * The service counts to 1,000.
 * @param {number} count
 */
const many = (count) => (count >= 1000 ? '1,000 or more' : String(count));

/** @param {{ partner: Api.Schema<'PartnerProfile'>, close: () => void, done: (answer: any) => void }} props */
function Switch({ partner, close, done }) {
  const verb = partner.active ? 'Switch off' : 'Switch on';
  const act = () => patch(`/partners/${partner.id}/status`, { status: partner.active ? 'inactive' : 'active' });
  return html`<${Ask} title=${`${verb} ${partner.name}?`} verb=${verb} danger=${partner.active} act=${act} close=${close} done=${done}>${() =>
    partner.active
      ? html`<p>Its webhooks are refused from now on. ${waiting(partner)}</p>`
      : html`<p>Its webhooks are taken again.</p>`}<//>`;
}

/** @param {Api.Schema<'PartnerProfile'>} of */
function waiting({ waiting: { purchases }, confirmed_by }) {
  if (confirmed_by === 'verification') return 'The verification job goes on deciding about its pending purchases.';
  return `${many(purchases)} pending purchases wait for its word; an administrator has to decide about them until it is back.`;
}

/** @param {{ partner: Api.Schema<'PartnerProfile'>, close: () => void, done: (answer: any) => void }} props */
function WhoConfirms({ partner, close, done }) {
  const act = (values) => patch(`/partners/${partner.id}`, values);
  return html`<${Ask} title="Who confirms its purchases?" verb="Save" act=${act} close=${close} done=${done}>${(error) => html`
    <${ConfirmedBy} present=${partner.confirmed_by} error=${error} />
    <p>This applies to purchases that are pending already, too: ${many(partner.waiting.purchases)} wait for the partner's word.</p>
  `}<//>`;
}
