// Amounts, times and ids as people read them. Amounts stay strings: no arithmetic on floating point numbers.

/**
 * "1234.50" as "1,234.50".
 * @param {string} text
 */
export function amount(text) {
  const [, sign, whole, fraction] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? [];
  if (whole === undefined) return text;
  return `${sign ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction ?? ''}`;
}

const LOCAL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const LOCAL_DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** @param {string} iso */
export const localTime = (iso) => LOCAL.format(new Date(iso));
/** @param {string} iso */
export const localDay = (iso) => LOCAL_DAY.format(new Date(iso));
/** @param {string} iso */
export const utcTime = (iso) => `${iso.replace('T', ' ').replace(/(\.\d+)?Z$/, '')} UTC`;

/**
 * "cashback_credit" as "Cashback credit".
 * @param {string} code
 */
export function words(code) {
  const text = String(code).replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {string} text */
export const isUuid = (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/**
 * A JSON number that is money, with at least two fraction digits; its digits are kept as they are.
 * @param {number | string} number
 */
export function decimal(number) {
  const [whole, fraction = ''] = String(number).split('.');
  return amount(`${whole}.${fraction.padEnd(2, '0')}`);
}

/**
 * The reward of an offer: "5 %" or "3.00 EUR".
 * @param {{ cashback_type: string, cashback_value: number | string }} offer
 */
export const terms = (offer) => (offer.cashback_type === 'percent' ? `${offer.cashback_value} %` : `${decimal(offer.cashback_value)} EUR`);

/**
 * The terms of a click: "5 %, at most 20.00 EUR a month".
 * @param {{ cashback_type: string, cashback_value: number, monthly_cap: number | null }} click
 */
export const promised = (click) => `${terms(click)}${click.monthly_cap === null ? '' : `, at most ${decimal(click.monthly_cap)} EUR a month`}`;

const UTC_DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/**
 * A calendar day of the service, such as the first one of an offer.
 * @param {string} day
 */
export const utcDay = (day) => UTC_DAY.format(new Date(`${day}T00:00:00Z`));

/** The present day of the service, which thinks in UTC, or one that lies so many days later. */
export const today = (daysLater = 0) => new Date(Date.now() + daysLater * 86_400_000).toISOString().slice(0, 10);

/**
 * The state of an offer on the present day: one that is active may have ended, or not have begun.
 * @param {{ status: string, start_date: string, end_date: string }} offer
 */
export function phase({ status, start_date, end_date }) {
  if (status !== 'active') return status;
  if (end_date < today()) return 'ended';
  return start_date > today() ? 'upcoming' : status;
}

/**
 * The difference of two amounts with two fraction digits, in whole cents.
 * @param {string} amount
 * @param {string} less
 */
export function minus(amount, less) {
  const cents = (/** @type {string} */ text) => BigInt(text.replace('.', ''));
  const digits = String(cents(amount) - cents(less)).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
