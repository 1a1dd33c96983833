// Calls of the public API on behalf of the signed-in user.
import { ApiError } from './errors.js';
import { resume, token } from './session.js';

const BASE = '/api/v1';

export const get = (path, query) => call('GET', path, { query });
export const post = (path, body, headers) => call('POST', path, { body, headers });
export const patch = (path, body) => call('PATCH', path, { body });
export const put = (path, body) => call('PUT', path, { body });
export const remove = (path) => call('DELETE', path, {});

async function call(method, path, { query, body, headers = {} }) {
  let response = await send(method, path, query, body, headers);
  // An access token lives for minutes: continue the session once and send the same request again.
  if (response.status === 401 && (await resume())) response = await send(method, path, query, body, headers);
  if (!response.ok) throw await ApiError.of(response);
  return response.status === 204 ? null : response.json();
}

async function send(method, path, query, body, headers) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const url = BASE + path + (given.length ? `?${new URLSearchParams(given)}` : '');
  const all = { Authorization: `Bearer ${token()}`, ...headers };
  if (body !== undefined) all['Content-Type'] = 'application/json';
  try {
    return await fetch(url, { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw ApiError.unreachable();
  }
}
