// Everything that the service knows about the signed-in user, as one file.
import { get } from './client.js';
import { ApiError } from './errors.js';
import { session } from './session.js';

/** Long enough for a browser to begin with the file. */
const KEPT_MS = 10_000;

/** For more than this, or more often, nobody waits in front of a button: the refusal is told instead. */
const WAIT_S_MAX = 60;
const TRIES_MAX = 10;

/**
 * Fetches all parts and joins their lists. While the service has no room for a part, it is asked again when the service
 * says so; `waiting` gets these seconds, and null after them.
 * @param {(seconds: number | null) => void} waiting
 */
export async function exportMyData(waiting) {
  const userId = session.get().user?.id;
  const { next_cursor, ...whole } = await fetchPart(undefined, waiting);
  for (let cursor = next_cursor; cursor; ) {
    const part = await fetchPart(cursor, waiting);
    // Another user may have signed in between two parts.
    if (session.get().user?.id !== userId) throw ApiError.anotherUser();
    for (const [name, list] of Object.entries(part)) {
      if (Array.isArray(list)) whole[name].push(...list);
    }
    cursor = part.next_cursor;
  }
  return whole;
}

/**
 * @param {string | undefined} cursor
 * @param {(seconds: number | null) => void} waiting
 */
async function fetchPart(cursor, waiting) {
  for (let tries = 1; ; tries++) {
    try {
      return await get('/users/me/export', { cursor });
    } catch (fault) {
      const seconds = /** @type {ApiError} */ (fault).retryAfter;
      if (!seconds || seconds > WAIT_S_MAX || tries === TRIES_MAX) throw fault;
      waiting(seconds);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      waiting(null);
    }
  }
}

/**
 * Hands a value to the browser as a file to keep.
 * @param {string} name
 * @param {unknown} value
 */
export function save(name, value) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
