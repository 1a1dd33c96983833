import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

/** @typedef {import('../api/errors.js').ApiError} ApiError */

/**
 * The answer of a request. The value stays while it is loaded again.
 * @template T
 * @typedef {{ state: 'loading' | 'failed' | 'ready', value?: T, error?: ApiError, at?: Date, reload: () => Promise<unknown> }} Load
 */

/**
 * The value of a store, followed.
 * @template T
 * @param {{ get: () => T, watch: (watch: (value: T) => void) => () => void }} store
 */
export function useStore(store) {
  const [value, setValue] = useState(store.get());
  useEffect(() => {
    setValue(store.get());
    return store.watch(setValue);
  }, [store]);
  return value;
}

/**
 * The answer of a request: `{ state, value, error, at, reload }`, where state is loading, failed or ready. A reload
 * keeps the old value on screen until the new one is there; an answer that comes after a newer request is dropped. A
 * count that rises reloads, too.
 * @template T
 * @param {() => Promise<T>} load
 * @param {unknown[]} inputs
 * @param {number} [reloads]
 * @returns {Load<T>}
 */
export function useLoad(load, inputs, reloads = 0) {
  const [result, setResult] = useState(/** @type {Omit<Load<T>, 'reload'>} */ ({ state: 'loading' }));
  const latest = useRef(0);
  const run = useCallback(() => {
    const mine = ++latest.current;
    const settle = (/** @type {Omit<Load<T>, 'reload'>} */ next) => mine === latest.current && setResult(next);
    return load().then(
      (value) => settle({ state: 'ready', value, at: new Date() }),
      (error) => settle({ state: 'failed', error }),
    );
  }, inputs);
  useEffect(() => {
    setResult({ state: 'loading' });
    run();
    return () => {
      latest.current++;
    };
  }, [run]);
  useEffect(() => {
    if (reloads > 0) run();
  }, [reloads]);
  return { ...result, reload: run };
}

/**
 * An action with its course: `{ busy, error, done, run }`. A second click while it runs does nothing. An action that
 * answers nothing is done with true.
 * @template {unknown[]} Args
 * @template T
 * @param {(...args: Args) => Promise<T>} act
 */
export function useAction(act) {
  const [state, setState] = useState(
    /** @type {{ busy: boolean, error: ApiError | null, done: NonNullable<T> | true | null }} */ ({ busy: false, error: null, done: null }),
  );
  const running = useRef(false);
  const run = async (/** @type {Args} */ ...args) => {
    if (running.current) return undefined;
    running.current = true;
    setState({ busy: true, error: null, done: null });
    try {
      const done = await act(...args);
      setState({ busy: false, error: null, done: done ?? true });
      return done ?? true;
    } catch (error) {
      setState({ busy: false, error: /** @type {ApiError} */ (error), done: null });
      return undefined;
    } finally {
      running.current = false;
    }
  };
  return { ...state, run, reset: () => setState({ busy: false, error: null, done: null }) };
}

let opened = false;

/**
 * Sets the title of the tab. A screen that follows another takes the focus, so that keyboard and reader start
 * at it.
 * @param {string} title
 */
export function useScreen(title) {
  useEffect(() => {
    document.title = `${title} · ClicknBack`;
  }, [title]);
  useEffect(() => {
    if (opened) document.getElementById('content')?.focus({ preventScroll: true });
    opened = true;
  }, []);
}
