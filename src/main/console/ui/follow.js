import { useEffect, useState } from 'preact/hooks';
import { follow } from '../api/stream.js';

/**
 * @typedef {import('../api/errors.js').ApiError} ApiError
 * @typedef {{ state: 'loading' | 'failed' | 'ready', value?: any, at?: Date, error?: ApiError }} Followed
 */

const PAUSE_S_MAX = 30;

/**
 * The latest event of a stream: `{ state, value, at, error }`, where state is loading, failed or ready. A stream that
 * breaks off is opened again, with growing pauses; until then `error` tells why the value grows old. A tab that nobody
 * sees follows nothing.
 * @param {string} path
 */
export function useFollowed(path) {
  const [result, setResult] = useState(/** @type {Followed} */ ({ state: 'loading' }));
  useEffect(() => {
    const left = new AbortController();
    keepFollowing(path, setResult, left.signal);
    return () => left.abort();
  }, [path]);
  return result;
}

/**
 * @param {string} path
 * @param {import('preact/hooks').Dispatch<import('preact/hooks').StateUpdater<Followed>>} setResult
 * @param {AbortSignal} left
 */
async function keepFollowing(path, setResult, left) {
  let pause = 1;
  while (!left.aborted) {
    await whileHidden(left);
    const stop = untilHidden(left);
    try {
      await follow(
        path,
        (value) => {
          pause = 1;
          if (!left.aborted) setResult({ state: 'ready', value, at: new Date() });
        },
        stop,
      );
    } catch (fault) {
      if (left.aborted) return;
      const error = /** @type {ApiError} */ (fault);
      if (error.status === 403) return setResult({ state: 'failed', error });
      if (!stop.aborted) setResult((known) => (known.value ? { ...known, error } : { state: 'failed', error }));
    }
    if (!stop.aborted) await seconds(pause, left);
    pause = Math.min(pause * 2, PAUSE_S_MAX);
  }
}

/**
 * Resolves once the tab is visible.
 * @param {AbortSignal} left
 * @returns {Promise<void>}
 */
function whileHidden(left) {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const seen = () => {
      if (document.hidden && !left.aborted) return;
      document.removeEventListener('visibilitychange', seen);
      resolve();
    };
    document.addEventListener('visibilitychange', seen);
    left.addEventListener('abort', seen);
  });
}

/**
 * A signal for the time in which the tab is visible and the screen is open.
 * @param {AbortSignal} left
 */
function untilHidden(left) {
  const stop = new AbortController();
  const hide = () => {
    if (!document.hidden && !left.aborted) return;
    document.removeEventListener('visibilitychange', hide);
    stop.abort();
  };
  document.addEventListener('visibilitychange', hide);
  left.addEventListener('abort', hide);
  return stop.signal;
}

/**
 * @param {number} count
 * @param {AbortSignal} left
 * @returns {Promise<void>}
 */
function seconds(count, left) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, count * 1000);
    left.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
