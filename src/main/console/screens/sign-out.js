import { html } from '../ui/html.js';
import { signOut } from '../api/session.js';
import { useAction } from '../ui/hooks.js';
import { Failure } from '../ui/states.js';

/**
 * Ends the session. One that could not be ended is said to go on: the cookie is still there.
 * @param {{ name?: string }} props
 */
export function SignOut({ name = 'Sign out' }) {
  const action = useAction(signOut);
  return html`<button type="button" disabled=${action.busy} onClick=${() => action.run()}>${name}</button>
    ${action.error && html`<${Failure} error=${action.error} />`}`;
}
