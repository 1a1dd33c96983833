// Calls of the public API on behalf of the signed-in user.
import { ApiError, whole } from './errors.js';
import { resume, session, signedInAgain, token } from './session.js';

const BASE = '/api/v1';

/**
 * @template {string} const Path
 * @param {Path & Api.Known<'get', Path>} path
 * @param {Api.Query<Path>} [query]
 * @returns {Promise<Api.Answer<'get', Path>>}
 */
export const get = (path, query) => call('GET', path, { query });

/**
 * A page of a list; the first one without a total, for which the service would read all of it.
 * @template {string} const Path
 * @param {Path & Api.Known<'get', Path>} path
 * @param {Api.Query<Path>} [query]
 * @returns {Promise<Api.Answer<'get', Path>>}
 */
export const list = (path, query) => {
  const { cursor, ...filters } = /** @type {Record<string, unknown>} */ (query ?? {});
  return call('GET', path, { query: { ...filters, cursor: cursor || 'start' } });
};

/**
 * @template {string} const Path
 * @param {Path & Api.Known<'post', Path>} path
 * @param {object} [body]
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Api.Answer<'post', Path>>}
 */
export const post = (path, body, headers) => call('POST', path, { body, headers });

/**
 * @template {string} const Path
 * @param {Path & Api.Known<'patch', Path>} path
 * @param {object} body
 * @returns {Promise<Api.Answer<'patch', Path>>}
 */
export const patch = (path, body) => call('PATCH', path, { body });

/**
 * @template {string} const Path
 * @param {Path & Api.Known<'put', Path>} path
 * @param {object} body
 * @returns {Promise<Api.Answer<'put', Path>>}
 */
export const put = (path, body) => call('PUT', path, { body });

/**
 * @template {string} const Path
 * @param {Path & Api.Known<'delete', Path>} path
 * @param {object} [query]
 * @returns {Promise<Api.Answer<'delete', Path>>}
 */
export const remove = (path, query) => call('DELETE', path, { query });

/** @typedef {{ query?: object, body?: object, headers?: Record<string, string> }} Parts */

/**
 * @param {string} method
 * @param {string} path
 * @param {Parts} parts
 * @returns {Promise<any>}
 */
async function call(method, path, { query, body, headers = {} }) {
  const userId = session.get().user?.id;
  let response = await send(method, path, query, body, headers);
  // An access token lives for minutes: continue the session once and send the same request again.
  if (response.status === 401 && (await continued(method))) {
    if (session.get().user?.id !== userId) throw ApiError.anotherUser();
    response = await send(method, path, query, body, headers);
  }
  if (!response.ok) throw await ApiError.of(response);
  return response.status === 204 ? null : whole(response);
}

/**
 * True once there is a session again. What only reads waits for its user; an action is to be pressed once more.
 * @param {string} method
 */
async function continued(method) {
  return (await resume()) || (method === 'GET' && session.get().expired && signedInAgain());
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object | undefined} query
 * @param {object | undefined} body
 * @param {Record<string, string>} headers
 */
async function send(method, path, query, body, headers) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const url = BASE + path + (given.length ? `?${new URLSearchParams(given)}` : '');
  /** @type {Record<string, string>} */
  const all = { Authorization: `Bearer ${token()}`, ...headers };
  if (body !== undefined) all['Content-Type'] = 'application/json';
  try {
    return await fetch(url, { method, headers: all, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw ApiError.unreachable();
  }
}
