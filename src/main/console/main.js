// The entry: continues the session of the cookie, then shows the face that the path asks for.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from './ui/html.js';
import { session, resume } from './api/session.js';
import { useStore } from './ui/hooks.js';
import { usePath } from './ui/router.js';
import { Failure, Loading } from './ui/states.js';
import { SignIn, SignInAgain } from './screens/sign-in.js';
import { ConsoleFrame } from './screens/console-frame.js';
import { ShopperFrame } from './screens/shopper-frame.js';

/** Between attempts to continue a session while the service or its database is away. */
const RETRY_MS = 5_000;

function Root() {
  const [resumed, setResumed] = useState(false);
  const [attempts, setAttempts] = useState(0);
  const [error, setError] = useState(/** @type {import('./api/errors.js').ApiError | null} */ (null));
  const { user, expired } = useStore(session);
  const path = usePath();
  const again = () => setAttempts((before) => before + 1);
  useEffect(() => {
    let timer = 0;
    resume().then(
      () => setResumed(true),
      (fault) => {
        setError(fault);
        timer = setTimeout(again, RETRY_MS);
      },
    );
    return () => clearTimeout(timer);
  }, [attempts]);
  if (!resumed && error) return html`<${Away} error=${error} retry=${again} />`;
  if (!resumed) return html`<${Loading} what="your session" />`;
  const shopper = path === '/app' || path.startsWith('/app/');
  if (!user) return html`<${SignIn} shopper=${shopper} />`;
  return html`
    <${shopper ? ShopperFrame : ConsoleFrame} key=${user.id} user=${user} />
    ${expired && html`<${SignInAgain} user=${user} />`}
  `;
}

/** @param {{ error: import('./api/errors.js').ApiError, retry: () => void }} props */
function Away({ error, retry }) {
  return html`<main class="sign-in">
    <h1>ClicknBack</h1>
    <${Failure} error=${error} retry=${retry} />
    <p class="fine">It is tried again by itself.</p>
  </main>`;
}

render(html`<${Root} />`, /** @type {HTMLElement} */ (document.getElementById('root')));
