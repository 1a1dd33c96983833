// Amounts, times and ids as people read them. Amounts stay strings: no arithmetic on floating point numbers.

/** "1234.50" as "1,234.50". */
export function amount(text) {
  const [, sign, whole, fraction] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? [];
  if (whole === undefined) return text;
  return `${sign ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction ?? ''}`;
}

const LOCAL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const LOCAL_DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

export const localTime = (iso) => LOCAL.format(new Date(iso));
export const localDay = (iso) => LOCAL_DAY.format(new Date(iso));
export const utcTime = (iso) => `${iso.replace('T', ' ').replace(/(\.\d+)?Z$/, '')} UTC`;

/** "cashback_credit" as "Cashback credit". */
export function words(code) {
  const text = String(code).replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const isUuid = (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
