// The signed-in user. The access token lives in memory alone; the refresh token is in a cookie that no script can read.
import { store } from '../ui/store.js';
import { ApiError, whole } from './errors.js';

const SESSION = '/api/v1/auth/browser-session';
const OWN_PAGE = { 'X-Csrf-Protection': '1' };

/** @typedef {Api.Schema<'User'>} User */

/**
 * The signed-in user as the API describes it, or null. A session that ended by itself, or was ended elsewhere, has
 * expired: its user may sign in again and go on.
 */
export const session = store(/** @type {{ user: User | null, expired: boolean }} */ ({ user: null, expired: false }));

/** Tells the other tabs that the session of their cookie was ended. */
const tabs = new BroadcastChannel('clicknback-session');
tabs.onmessage = () => forget();

/** @type {string | null} */
let accessToken = null;
/** @type {Promise<boolean> | null} */
let resuming = null;

export const token = () => accessToken;

/**
 * @param {string} email
 * @param {string} password
 */
export async function signIn(email, password) {
  await take(
    await reach(SESSION, {
      method: 'POST',
      headers: { ...OWN_PAGE, 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    }),
  );
}

/**
 * Continues the session of the cookie. Callers at the same time share one request. True when there is a session, false
 * when there is none any more. The cookie is that of all tabs, so it may have become the session of somebody else.
 */
export function resume() {
  resuming ??= refresh().finally(() => {
    resuming = null;
  });
  return resuming;
}

async function refresh() {
  const response = await reach(`${SESSION}/refresh`, { method: 'POST', headers: OWN_PAGE });
  if (response.status === 401) {
    accessToken = null;
    const { user } = session.get();
    session.set({ user, expired: user !== null });
    return false;
  }
  await take(response);
  return true;
}

/**
 * @param {string} url
 * @param {RequestInit} request
 */
async function reach(url, request) {
  try {
    return await fetch(url, request);
  } catch {
    throw ApiError.unreachable();
  }
}

/** @param {Response} response */
async function take(response) {
  if (!response.ok) throw await ApiError.of(response);
  const { access_token, user } = /** @type {Api.Schema<'BrowserSession'>} */ (await whole(response));
  accessToken = access_token;
  const known = session.get();
  if (known.user?.id !== user.id || known.user.role !== user.role || known.expired) session.set({ user, expired: false });
}

/** Resolves once an expired session is over: true when its user has signed in again. */
export function signedInAgain() {
  return new Promise((resolve) => {
    const stop = session.watch(({ user, expired }) => {
      if (expired) return;
      stop();
      resolve(user !== null);
    });
  });
}

/** Ends the session in all tabs; while the service does not answer, it goes on. */
export async function signOut() {
  const response = await reach(SESSION, { method: 'DELETE', headers: OWN_PAGE });
  if (!response.ok) throw await ApiError.of(response);
  tabs.postMessage('ended');
  forget();
}

/** Forgets who was signed in, and with that all that is on screen. */
export function forget() {
  accessToken = null;
  session.set({ user: null, expired: false });
}
