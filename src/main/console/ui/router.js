// Paths are the state: every screen has an address that can be sent to somebody.
import { html } from './html.js';
import { useStore } from './hooks.js';
import { store } from './store.js';

const place = store(location.pathname + location.search);

addEventListener('popstate', () => place.set(location.pathname + location.search));

/**
 * Goes to a path of this page; `replace` leaves no entry in the history.
 * @param {string} to
 */
export function go(to, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  place.set(to);
  scrollTo(0, 0);
}

export function usePath() {
  return useStore(place).split('?')[0];
}

/**
 * The query parameters of the address, and a way to change them. A step, such as to the next page, can be gone back.
 * @returns {[Record<string, string | undefined>, (changes: Record<string, string | null | undefined>, how?: { step?: boolean }) => void]}
 */
export function useQuery() {
  const [path, query = ''] = useStore(place).split('?');
  const values = Object.fromEntries(new URLSearchParams(query));
  const set = (changes, { step = false } = {}) => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...values, ...changes })) {
      if (value !== '' && value !== null && value !== undefined) next.set(name, value);
    }
    const text = next.toString();
    go(text ? `${path}?${text}` : path, { replace: !step });
  };
  return [values, set];
}

/** @param {{ to: string, children?: any, [attribute: string]: any }} props */
export function Link({ to, children, ...rest }) {
  const follow = (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return html`<a href=${to} onClick=${follow} ...${rest}>${children}</a>`;
}

/**
 * The first route whose pattern fits, as `{ screen, params }`: `/console/users/:id`.
 * @param {[string, any][]} routes
 * @param {string} path
 */
export function match(routes, path) {
  for (const [pattern, screen] of routes) {
    const params = fit(pattern, path);
    if (params) return { screen, params };
  }
  return null;
}

/**
 * @param {string} pattern
 * @param {string} path
 */
function fit(pattern, path) {
  const wanted = pattern.split('/');
  const parts = path.replace(/\/$/, '').split('/');
  if (wanted.length !== parts.length) return null;
  const params = {};
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i].startsWith(':')) params[wanted[i].slice(1)] = decoded(parts[i]);
    else if (wanted[i] !== parts[i]) return null;
  }
  return params;
}

/**
 * A part of a path; one that somebody mistyped stays as it is, and names nothing.
 * @param {string} part
 */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
