import { html } from '../ui/html.js';
import { signIn } from '../api/session.js';
import { Failure } from '../ui/states.js';
import { Field, reasonFor } from '../ui/parts.js';
import { useAction, useScreen } from '../ui/hooks.js';

/** @param {{ shopper: boolean }} props */
export function SignIn({ shopper }) {
  useScreen('Sign in');
  const action = useAction(signIn);
  const submit = (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    action.run(String(form.get('email')), String(form.get('password')));
  };
  return html`
    <main class="sign-in">
      <h1>${shopper ? 'Your cashback' : 'ClicknBack console'}</h1>
      <form onSubmit=${submit}>
        <${Field} label="E-mail" name="email" type="email" autocomplete="username" required error=${reasonFor(action.error, 'email')} />
        <${Field} label="Password" name="password" type="password" autocomplete="current-password" required error=${reasonFor(action.error, 'password')} />
        ${action.error && html`<${Failure} error=${action.error} />`}
        <button class="main" disabled=${action.busy}>${action.busy ? 'Signing in…' : 'Sign in'}</button>
      </form>
    </main>
  `;
}
