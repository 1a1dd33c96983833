import { useEffect, useState } from 'preact/hooks';
import { follow } from '../api/stream.js';

const PAUSE_S_MAX = 30;

/**
 * The latest event of a stream: `{ state, value, at, error }`, where state is loading, failed or ready. A stream that
 * breaks off is opened again, with growing pauses; until then `error` tells why the value grows old. A tab that nobody
 * sees follows nothing.
 */
export function useFollowed(path) {
  const [result, setResult] = useState({ state: 'loading' });
  useEffect(() => {
    const left = new AbortController();
    keepFollowing(path, setResult, left.signal);
    return () => left.abort();
  }, [path]);
  return result;
}

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
    } catch (error) {
      if (left.aborted) return;
      if (error.status === 403) return setResult({ state: 'failed', error });
      if (!stop.aborted) setResult((known) => (known.value ? { ...known, error } : { state: 'failed', error }));
    }
    if (!stop.aborted) await seconds(pause, left);
    pause = Math.min(pause * 2, PAUSE_S_MAX);
  }
}

/** Resolves once the tab is visible. */
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

/** A signal for the time in which the tab is visible and the screen is open. */
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

function seconds(count, left) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, count * 1000);
    left.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
