import { useState } from 'preact/hooks';
import { html } from '../ui/html.js';
import { patch, remove } from '../api/client.js';
import { signOut } from '../api/session.js';
import { exportMyData, save } from '../api/export.js';
import { useAction, useScreen } from '../ui/hooks.js';
import { Failure } from '../ui/states.js';
import { Ask, Outcome } from '../ui/ask.js';
import { Facts, Field, When } from '../ui/parts.js';

/** @param {{ user: Api.Schema<'User'> }} props */
export function ShopperAccount({ user }) {
  useScreen('Your account');
  const action = useAction((values) => patch('/users/me', values));
  const submit = async (event) => {
    event.preventDefault();
    const form = event.target;
    // Blanks belong to a password, so it is taken as it was typed.
    if (await action.run(Object.fromEntries(new FormData(form)))) form.reset();
  };
  return html`
    <h1>Your account</h1>
    <${Facts} of=${[['E-mail', user.email], ['Since', html`<${When} at=${user.created_at} />`]]} />
    <section aria-labelledby="password">
      <h2 id="password">Change the password</h2>
      <${Outcome}>${action.done && 'The password is changed. You are signed out everywhere else.'}<//>
      <form class="narrow" onSubmit=${submit}>
        <input class="hidden" type="email" name="" autocomplete="username" value=${user.email} readonly tabindex="-1" aria-hidden="true" />
        <${Field} label="Current password" name="current_password" type="password" required autocomplete="current-password" error=${reasons(action.error, 'current_password')} />
        <${Field} label="New password" name="new_password" type="password" required autocomplete="new-password" error=${reasons(action.error, 'new_password')} />
        ${action.error && html`<${Failure} error=${action.error} />`}
        <p class="actions"><button class="main" disabled=${action.busy}>Change the password</button></p>
      </form>
    </section>
    <${Sessions} />
    <${YourData} />
  `;
}

function Sessions() {
  const [asking, setAsking] = useState(false);
  return html`
    <section aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <p>A lost phone, a shared computer: end every session at once.</p>
      <p class="actions"><button type="button" onClick=${() => setAsking(true)}>Sign out everywhere…</button></p>
      ${asking &&
      html`<${Ask} title="Sign out everywhere?" verb="Sign out everywhere" act=${() => remove('/users/me/sessions')} close=${() => setAsking(false)} done=${signOut}>${() => html`
        <p>You are signed out here and on all other devices, and can sign in again.</p>`}<//>`}
    </section>
  `;
}

const FILE = 'clicknback-data.json';

function YourData() {
  const [seconds, setSeconds] = useState(/** @type {number | null} */ (null));
  const action = useAction(async () => {
    const all = await exportMyData(setSeconds);
    save(FILE, all);
    return `${FILE} is saved. Purchases in it: ${all.purchases.length}.`;
  });
  return html`
    <section aria-labelledby="data">
      <h2 id="data">Your data</h2>
      <p>All that is stored about you: account, sessions, purchases, clicks, movements of money and payouts, as a file in JSON.</p>
      ${action.error && html`<${Failure} error=${action.error} retry=${action.run} />`}
      <p class="actions"><button type="button" disabled=${action.busy} onClick=${() => action.run()}>Download your data</button></p>
      <${Outcome}>${seconds ? `The service is busy. The download goes on by itself in ${seconds} s.` : action.done}<//>
    </section>
  `;
}

/**
 * Every rule that a password breaks, as one sentence.
 * @param {import('../api/errors.js').ApiError | null} error
 * @param {string} field
 */
function reasons(error, field) {
  const all = (error?.violations ?? []).filter((one) => one.field === field).map((one) => one.reason);
  return all.length > 0 ? all.join('; ') : undefined;
}
