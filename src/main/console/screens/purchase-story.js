// The explanation as sentences, oldest first; each can be read aloud to the one who asks.
import { html } from '../ui/html.js';
import { Money, When } from '../ui/parts.js';
import { minus } from '../ui/format.js';

const ACTORS = { user: 'its user', partner: 'the partner', system: 'the verification job', admin: 'an administrator' };
const TOLD_TO_BUYER = { user: 'you', partner: 'the shop', system: 'our check', admin: 'our support' };

/**
 * With `mine` it is told to the one who bought.
 * @param {{ of: Api.Schema<'PurchaseExplanation'>, mine?: boolean }} props
 */
export function Story({ of: purchase, mine }) {
  const by = (change) => (mine ? TOLD_TO_BUYER : ACTORS)[change.actor_type] ?? 'the service';
  const told = [
    ...(purchase.click ? [{ at: purchase.click.issued_at, text: `${mine ? 'You went' : 'The user went'} to the shop by a click. ${purchase.click.message}` }] : []),
    ...purchase.history.map((change) => ({ at: change.occurred_at, text: stateSentence(purchase, change, by(change)) })),
    ...(purchase.credit ? [{ at: purchase.credit.credited_at, text: creditSentence(purchase, purchase.credit) }] : []),
    ...(purchase.hold?.released_at ? [{ at: purchase.hold.released_at, text: 'The hold ended: the cashback became available.' }] : []),
    ...purchase.changes.map((change) => ({ at: change.occurred_at, text: change.message })),
    ...purchase.refused_events.map((event) => ({ at: event.settled_at, text: event.message })),
    ...(purchase.order?.attached_at ? [{ at: purchase.order.attached_at, text: purchase.order.message }] : []),
    ...beforeTheCredit(purchase, 'refund_id', purchase.refunds).map((refund) => ({ at: refund.created_at, text: refundSentence(refund) })),
    ...beforeTheCredit(purchase, 'correction_id', purchase.corrections).map((correction) => ({ at: correction.created_at, text: correctionSentence(correction) })),
  ].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return html`
    <ol class="story">
      ${told.map(({ at, text }) => html`<li><p>${text}</p><p class="fine"><${When} at=${at} /></p></li>`)}
    </ol>
  `;
}

/**
 * @param {Api.Schema<'PurchaseExplanation'>} purchase
 * @param {Api.Schema<'PurchaseStateChange'>} change
 * @param {string} actor
 */
function stateSentence(purchase, change, actor) {
  const reason = change.reason && html` The reason given: “${change.reason}”`;
  switch (change.to) {
    case 'pending':
      if (change.from === 'rejected') return html`Taken up again: ${actor} had confirmed it before the rejection.`;
      return html`Reported by ${actor}: a purchase of <${Money} of=${purchase.calculation.amount} currency=${purchase.currency} />. ${calculation(purchase)}`;
    case 'confirmed':
      return html`Confirmed by ${actor}: ${confirmed(purchase)}`;
    case 'rejected':
      return html`Rejected by ${actor}: no cashback.${reason}`;
    default:
      return html`Reversed by ${actor}: the cashback was taken back.${reason}`;
  }
}

/** @param {Api.Schema<'PurchaseExplanation'>} of */
function confirmed({ hold }) {
  if (!hold) return 'the cashback became available.';
  if (hold.hold_days === 0) return 'the cashback stayed pending, because a feature flag holds it.';
  return `the cashback stayed pending for ${hold.hold_days} days, in which the goods may come back.`;
}

function calculation({ calculation: how }) {
  const terms = how.basis === 'offer' ? 'The offer in force gives' : 'No offer was in force; the merchant’s default gives';
  if (how.cashback_type === 'fixed') {
    return html`${terms} a fixed amount: <${Money} of=${how.cashback} />${how.clamped && ', as no cashback exceeds its purchase'}.`;
  }
  const rounded = how.unrounded !== how.cashback && html` (${how.unrounded}, rounded)`;
  return html`${terms} ${how.cashback_value} %: <${Money} of=${how.cashback} />${rounded}.`;
}

/**
 * @param {Api.Schema<'PurchaseExplanation'>} of
 * @param {Api.Schema<'PurchaseCredit'>} credit
 */
function creditSentence({ cap, calculation: { cashback }, ...purchase }, credit) {
  if (!cap) return html`Credited to the wallet: <${Money} of=${credit.amount} />.`;
  if (!cap.cut) return html`Credited to the wallet: <${Money} of=${credit.amount} />. The cap of <${Money} of=${cap.limit} /> for ${cap.month} had room for it.`;
  const early = beforeTheCredit(purchase, 'refund_id', purchase.refunds).length + beforeTheCredit(purchase, 'correction_id', purchase.corrections).length;
  return html`Credited to the wallet: <${Money} of=${credit.amount} />, all that was left of the cap for ${cap.month}:${' '}
    <${Money} of=${cap.limit} />, of which <${Money} of=${cap.used_before} /> were used.
    ${early === 0 && html` So <${Money} of=${minus(cashback, credit.amount)} /> of the <${Money} of=${cashback} /> were cut.`}${' '}
    Whatever comes back to the cap goes to the purchases that were cut, the oldest first.`;
}

/**
 * Those that came before the cashback was credited: they changed no amount of it.
 * @template {Record<string, any>} T
 * @param {Pick<Api.Schema<'PurchaseExplanation'>, 'changes'>} of
 * @param {'refund_id' | 'correction_id'} name
 * @param {T[]} all
 */
function beforeTheCredit({ changes }, name, all) {
  const told = new Set(changes.map((change) => change[name]));
  return all.filter((one) => !told.has(one[name]));
}

/** @param {Api.Schema<'PurchaseCorrection'>} correction */
function correctionSentence({ amount, correction_id }) {
  if (amount === null) return html`The merchant corrected the purchase and left its amount as it was (correction ${correction_id}).`;
  return html`The merchant corrected the amount to <${Money} of=${amount} /> (correction ${correction_id}).`;
}

/** @param {Api.Schema<'PurchaseRefund'>} refund */
function refundSentence(refund) {
  return html`The merchant refunded <${Money} of=${refund.amount} /> (refund ${refund.refund_id}).`;
}
