// The entry: continues the session of the cookie, then shows the face that the path asks for.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from './ui/html.js';
import { session, resume } from './api/session.js';
import { useStore } from './ui/hooks.js';
import { usePath } from './ui/router.js';
import { Loading } from './ui/states.js';
import { SignIn } from './screens/sign-in.js';
import { ConsoleFrame } from './screens/console-frame.js';
import { ShopperFrame } from './screens/shopper-frame.js';

function Root() {
  const [resumed, setResumed] = useState(false);
  const user = useStore(session).user;
  const path = usePath();
  useEffect(() => {
    resume().finally(() => setResumed(true));
  }, []);
  if (!resumed) return html`<${Loading} what="your session" />`;
  const shopper = path === '/app' || path.startsWith('/app/');
  if (!user) return html`<${SignIn} shopper=${shopper} />`;
  return shopper ? html`<${ShopperFrame} user=${user} />` : html`<${ConsoleFrame} user=${user} />`;
}

render(html`<${Root} />`, /** @type {HTMLElement} */ (document.getElementById('root')));
