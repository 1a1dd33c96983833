// The one who is signed in. The access token lives in memory alone; the refresh token is in a cookie that no script can read.
import { store } from '../ui/store.js';
import { ApiError } from './errors.js';

const BASE = '/api/v1';
const SESSION = `${BASE}/auth/browser-session`;
const OWN_PAGE = { 'X-Csrf-Protection': '1' };

/** @typedef {Api.Schema<'User'>} User */

/** The signed-in user as the API describes it, or null. */
export const session = store(/** @type {{ user: User | null }} */ ({ user: null }));

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

/** Continues the session of the cookie. Callers at the same time share one request. True when there is a session. */
export function resume() {
  resuming ??= refresh().finally(() => {
    resuming = null;
  });
  return resuming;
}

async function refresh() {
  const response = await reach(`${SESSION}/refresh`, { method: 'POST', headers: OWN_PAGE });
  if (response.status === 401) {
    forget();
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
  accessToken = (await response.json()).access_token;
  if (session.get().user) return;
  const me = await reach(`${BASE}/users/me`, { headers: { Authorization: `Bearer ${accessToken}` } });
  if (!me.ok) throw await ApiError.of(me);
  session.set({ user: (await me.json()) });
}

/** Ends the session; while the service does not answer, it goes on. */
export async function signOut() {
  const response = await reach(SESSION, { method: 'DELETE', headers: OWN_PAGE });
  if (!response.ok) throw await ApiError.of(response);
  forget();
}

function forget() {
  accessToken = null;
  session.set({ user: null });
}
