/** What accounts have spent on SMS messages in this run: once it is as much as they may, SNS sends no more. */

const PICO_PER_USD = 1_000_000_000_000n;
const DECIMALS = 12;

/** One `world.shared(SmsSpending)`; money is in 1e-12 USD. */
export class SmsSpending {
  private readonly spent = new Map<string, bigint>();

  /** Spends, unless the threshold has been reached before: the message that reaches it still goes. */
  spends(account: string, amount: bigint, most: bigint): boolean {
    const before = this.spent.get(account) ?? 0n;
    if (before >= most) return false;
    this.spent.set(account, before + amount);
    return true;
  }
}

/** `0.00645` USD in 1e-12 USD; what is smaller is cut off. */
export function picoUsd(text: string): bigint {
  const [whole, fraction = ''] = text.split('.');
  return BigInt(whole) * PICO_PER_USD + BigInt(fraction.slice(0, DECIMALS).padEnd(DECIMALS, '0'));
}
