// A value that screens watch.

/**
 * @template T
 * @param {T} initial
 */
export function store(initial) {
  let value = initial;
  const watchers = new Set();
  return {
    get: () => value,
    /** @param {T} next */
    set(next) {
      value = next;
      watchers.forEach((watch) => watch(next));
    },
    /** @param {(value: T) => void} watch */
    watch(watch) {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
  };
}
