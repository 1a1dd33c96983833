// An audit entry as changes: `{ name, after }` for what is told, with `before` where the entry or its action says it.

const SWITCHES = {
  ACTIVATED: ['inactive', 'active'],
  DEACTIVATED: ['active', 'inactive'],
};
const STATES = { PURCHASE_CONFIRMED: 'confirmed', PURCHASE_REJECTED: 'rejected', PURCHASE_REVERSED: 'reversed' };

/** @param {Pick<Api.Schema<'AuditEntry'>, 'action' | 'details'>} of */
export function changes({ action, details }) {
  const { prior_status, status, ...rest } = details;
  return [...state(action, prior_status, status), ...told(rest)];
}

/**
 * @param {string} action
 * @param {string | null | undefined} prior
 * @param {string | null | undefined} status
 */
function state(action, prior, status) {
  const [before, after] = SWITCHES[action.split('_').pop()] ?? [prior ?? (STATES[action] && 'pending'), status ?? STATES[action]];
  return after === undefined ? [] : [{ name: 'state', before, after }];
}

/** Members that tell the value before, by the member that tells the one after. */
const BEFORE = { cashback_amount: 'cashback_before' };

/** @param {string | null | undefined} before */
const isTold = (before) => before !== null && before !== undefined;

/**
 * Without the members that have no value and had none.
 * @param {Record<string, string | null>} details
 */
const told = (details) =>
  Object.entries(details)
    .filter(([name, value]) => (value !== null || isTold(details[`prior_${name}`])) && !name.startsWith('prior_') && !Object.values(BEFORE).includes(name))
    .map(([name, value]) => ({ name, before: details[BEFORE[name] ?? `prior_${name}`], after: value }));
