// A wallet in sentences, for the one who answers “where is my cashback?”
import { amount, minus, utcDay } from '../ui/format.js';

/**
 * The state of a wallet, as it is read aloud to its user.
 * @param {Api.Schema<'WalletSummary'>} wallet
 */
export function walletTold({ available_balance, pending_balance, held_balance, reserved_balance, paid_balance, next_releases: [next] }) {
  const waiting = minus(pending_balance, held_balance);
  return [
    available_balance.startsWith('-')
      ? `${amount(available_balance.slice(1))} EUR of a reversed purchase were paid out already: your next cashback pays that off.`
      : `${amount(available_balance)} EUR can be paid out now.`,
    waiting !== '0.00' && `${amount(waiting)} EUR wait for shops to confirm purchases.`,
    held_balance !== '0.00' && `${amount(held_balance)} EUR are confirmed, and held until goods can no longer come back.`,
    next && `The next ${amount(next.amount)} EUR become available on ${utcDay(next.date)}.`,
    reserved_balance !== '0.00' && `${amount(reserved_balance)} EUR are on their way to your bank.`,
    paid_balance !== '0.00' && `${amount(paid_balance)} EUR have been paid out so far.`,
  ]
    .filter(Boolean)
    .join(' ');
}
