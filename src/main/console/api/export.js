// Everything that the service knows about the signed-in user, as one file.
import { get } from './client.js';

/** Long enough for a browser to begin with the file. */
const KEPT_MS = 10_000;

/** Fetches all parts and joins their lists. */
export async function exportMyData() {
  const { next_cursor, ...whole } = await get('/users/me/export');
  for (let cursor = next_cursor; cursor; ) {
    const part = await get('/users/me/export', { cursor });
    for (const [name, list] of Object.entries(part)) {
      if (Array.isArray(list)) whole[name].push(...list);
    }
    cursor = part.next_cursor;
  }
  return whole;
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
