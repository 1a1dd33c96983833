// Signs and sends a webhook as the partner would, and shows the code that does the same.
import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { isSecret, sendWebhook } from '../api/webhook.js';
import { ApiError } from '../api/errors.js';
import { useAction } from '../ui/hooks.js';
import { Failure } from '../ui/states.js';
import { Field, PurchaseLink } from '../ui/parts.js';
import { WebhookCode } from './webhook-code.js';

const EVENTS = {
  'purchase.created': ['external_id', 'user_id', 'merchant_id', 'amount'],
  'purchase.confirmed': ['external_id'],
  'purchase.rejected': ['external_id', 'reason'],
  'purchase.refunded': ['external_id', 'refund_id', 'amount'],
  'purchase.corrected': ['external_id', 'correction_id', 'amount'],
};

const LABELS = {
  external_id: 'External id of the purchase',
  user_id: 'Id of the user',
  merchant_id: 'Id of the merchant',
  amount: 'Amount in EUR',
  reason: 'Reason of the rejection',
  refund_id: 'Id of the refund',
  correction_id: 'Id of the correction',
};

/** @param {{ partner: Api.Schema<'PartnerProfile'>, secret: string | null, sent: () => void }} props */
export function WebhookTest({ partner, secret, sent }) {
  const [type, setType] = useState(/** @type {keyof typeof EVENTS} */ ('purchase.created'));
  const [values, setValues] = useState({ external_id: `test-${Date.now()}`, amount: '100.00' });
  const [typed, setTyped] = useState(secret ?? '');
  const send = useAction(async () => {
    const answer = await deliver(partner.id, typed, body(type, values));
    sent();
    return answer;
  });
  const submit = (event) => {
    event.preventDefault();
    send.run();
  };
  return html`
    <section aria-labelledby="test">
      <h2 id="test">Send a test webhook</h2>
      <p class="fine">The browser signs it with the secret, which stays in this page. A purchase that is accepted is a real one.</p>
      <form onSubmit=${submit}>
        <div class="columns">
          <${Field} label="Secret of the partner" name="secret" type="password" autocomplete="off" required value=${typed}
            onInput=${(event) => setTyped(event.target.value.trim())} error=${typed && !isSecret(typed) && 'must be whsec_ and base64'} />
          <${Field} label="Event" name="type">${(shared) => html`
            <select ...${shared} value=${type} onChange=${(event) => setType(event.target.value)}>
              ${Object.keys(EVENTS).map((one) => html`<option value=${one}>${one}</option>`)}
            </select>`}<//>
          ${EVENTS[type].map((name) => html`<${Field} key=${name} label=${LABELS[name]} name=${name} required value=${values[name] ?? ''}
            onInput=${(event) => setValues({ ...values, [name]: event.target.value.trim() })} />`)}
        </div>
        <p class="actions"><button class="main" disabled=${send.busy || !isSecret(typed)}>Sign and send</button></p>
      </form>
      ${send.error && html`<${Failure} error=${send.error} />`}
      <div role="status">${send.done && html`<${Answer} of=${send.done} />`}</div>
      <${WebhookCode} partnerId=${partner.id} body=${body(type, values)} />
    </section>
  `;
}

/**
 * @param {keyof typeof EVENTS} type
 * @param {Record<string, string>} values
 */
function body(type, values) {
  const timestamp = new Date(Date.now()).toISOString();
  const data = Object.fromEntries(EVENTS[type].map((name) => [name, values[name] ?? '']));
  if (type === 'purchase.created') data.currency = 'EUR';
  if (type === 'purchase.corrected') data.occurred_at = timestamp;
  return JSON.stringify({ type, timestamp, data });
}

/**
 * @param {string} partnerId
 * @param {string} secret
 * @param {string} text
 */
async function deliver(partnerId, secret, text) {
  try {
    return await sendWebhook(partnerId, secret, text);
  } catch {
    throw ApiError.unreachable();
  }
}

/** @param {{ of: { status: number, requestId: string | null, answer: any } }} props */
function Answer({ of: { status, requestId, answer } }) {
  const taken = status < 300;
  return html`<div class=${taken ? 'outcome' : 'failure'}>
    <p><strong>${status} ${taken ? 'Taken.' : (answer.error?.code ?? 'Refused.')}</strong> ${answer.error?.message}
      ${answer.id && html` <${PurchaseLink} id=${answer.id}>Show the purchase<//>`}</p>
    <pre tabindex="0" aria-label="Answer of the service">${JSON.stringify(answer, null, 2)}</pre>
    <p class="fine">request <code>${requestId}</code></p>
  </div>`;
}
