import { html } from '../ui/html.js';
import { forget, signIn } from '../api/session.js';
import { Failure } from '../ui/states.js';
import { Dialog, Field, reasonFor } from '../ui/parts.js';
import { useAction, useScreen } from '../ui/hooks.js';

/** @param {{ shopper: boolean }} props */
export function SignIn({ shopper }) {
  useScreen('Sign in');
  return html`
    <main class="sign-in">
      <h1>${shopper ? 'Your cashback' : 'ClicknBack console'}</h1>
      <${Credentials} />
    </main>
  `;
}

/**
 * Stands in front of all that the ended session has left, which nobody sees until its user is back.
 * @param {{ user: Api.Schema<'User'> }} props
 */
export function SignInAgain({ user }) {
  return html`<${Dialog} title="Sign in again" opaque close=${() => {}}>
    <p>Your session has ended. Sign in to go on where you were; what you have typed is still there.</p>
    <${Credentials} email=${user.email} />
    <p class="actions"><button type="button" onClick=${forget}>Sign in as somebody else</button></p>
  <//>`;
}

/** @param {{ email?: string }} props */
function Credentials({ email }) {
  const action = useAction(signIn);
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    action.run(String(form.get('email')), String(form.get('password')));
  };
  return html`
    <form onSubmit=${submit}>
      <${Field} label="E-mail" name="email" type="email" autocomplete="username" required defaultValue=${email} readonly=${Boolean(email)} error=${reasonFor(action.error, 'email')} />
      <${Field} label="Password" name="password" type="password" autocomplete="current-password" required autofocus=${Boolean(email)} error=${reasonFor(action.error, 'password')} />
      ${action.error && html`<${Failure} error=${action.error} />`}
      <button class="main" disabled=${action.busy}>${action.busy ? 'Signing in…' : 'Sign in'}</button>
    </form>
  `;
}
