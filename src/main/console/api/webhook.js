// A webhook as a partner sends it: signed here, by the browser, with a secret that goes nowhere else.

const PREFIX = 'whsec_';

/** @param {string} partnerId */
export const webhookUrl = (partnerId) => `${location.origin}/api/v1/webhooks/${partnerId}/purchases`;

/**
 * Signs and sends a body; gives `{ status, requestId, answer }`, whatever the status.
 * @param {string} partnerId
 * @param {string} secret
 * @param {string} body
 */
export async function sendWebhook(partnerId, secret, body) {
  const id = `msg_${crypto.randomUUID()}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const response = await fetch(webhookUrl(partnerId), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${await signature(secret, `${id}.${timestamp}.${body}`)}`,
    },
    body,
  });
  return { status: response.status, requestId: response.headers.get('X-Request-Id'), answer: await response.json() };
}

/**
 * True for a text that can be a secret: its prefix and base64.
 * @param {string} text
 */
export function isSecret(text) {
  return text.startsWith(PREFIX) && text.length > PREFIX.length && /^[A-Za-z0-9+/]+={0,2}$/.test(text.slice(PREFIX.length)) && text.slice(PREFIX.length).length % 4 === 0;
}

/**
 * @param {string} secret
 * @param {string} content
 */
async function signature(secret, content) {
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(content));
  return btoa(String.fromCharCode(...new Uint8Array(signed)));
}
