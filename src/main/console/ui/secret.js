import { useState } from 'preact/hooks';
import { html } from './html.js';

/**
 * A button that copies a text and says so.
 * @param {{ text: string, name: string }} props
 */
export function Copy({ text, name }) {
  const [said, setSaid] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied.'),
      () => setSaid('The browser does not allow it: mark the text and copy it.'),
    );
  return html`<button type="button" onClick=${copy}>Copy ${name}</button> <span class="fine" role="status">${said}</span>`;
}

/**
 * A secret that the service tells once. Nothing stores it: leaving the screen loses it.
 * @param {{ of: string }} props
 */
export function SecretOnce({ of: secret }) {
  return html`<div class="outcome" role="status">
    <p><strong>The secret, shown this once:</strong> <code>${secret}</code></p>
    <p><${Copy} text=${secret} name="the secret" /></p>
    <p class="fine">Give it to the partner over a safe channel. It cannot be shown again; a lost one is replaced by a new one.</p>
  </div>`;
}
