// Money is a safe integer of minor units and a currency (decision 6): no rounding, no Int overflow.

/** As stored: `{amount: 1999, currency: "EUR"}` is €19.99. */
export interface StoredMoney {
  amount: number;
  currency: string;
}

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const minorDigits: Record<string, number> = {
  BHD: 3, BIF: 0, CLP: 0, DJF: 0, GNF: 0, IQD: 3, ISK: 0, JOD: 3, JPY: 0, KMF: 0, KRW: 0, KWD: 3, LYD: 3, OMR: 3,
  PYG: 0, RWF: 0, TND: 3, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
}; // prettier-ignore

/** Digits after the decimal point of a currency. */
export const minorDigitsOf = (currency: string): number => minorDigits[currency] ?? 2;

/** `1999, "EUR"` → `"19.99"`, by text, because a division would round. */
export function toDecimal({ amount, currency }: StoredMoney): string {
  const digits = minorDigitsOf(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  const sign = amount < 0 ? "-" : "";
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** `"19.99", "EUR"` → `1999`; undefined when there are more decimals than the currency has, or the number is too large. */
export function toMinorUnits(decimal: string, currency: string): number | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
  const digits = minorDigitsOf(currency);
  const fraction = (match?.[3] ?? "").replace(/0+$/, "");
  if (!match || fraction.length > digits) return undefined;
  const amount = Number(`${match[1]}${match[2]}${fraction.padEnd(digits, "0")}`);
  // Zero has no sign: `-0` would be stored as a number of another kind.
  return Number.isSafeInteger(amount) ? amount + 0 : undefined;
}

/** @throws RangeError when the product is no safe integer: a wrong total must never be stored */
export function timesQuantity(money: StoredMoney, quantity: number): StoredMoney {
  const amount = money.amount * quantity;
  if (!Number.isSafeInteger(amount)) throw new RangeError("The amount is beyond what can be counted exactly.");
  return { amount, currency: money.currency };
}

/** Sum of amounts of one currency. @throws RangeError for mixed currencies or an inexact sum */
export function sumMoney(parts: readonly StoredMoney[], currency: string): StoredMoney {
  let amount = 0;
  for (const part of parts) {
    if (part.currency !== currency) throw new RangeError("Amounts of different currencies cannot be added.");
    amount += part.amount;
    // At each step: a sum that left the exact range on the way may come back wrong.
    if (!Number.isSafeInteger(amount)) throw new RangeError("The sum is beyond what can be counted exactly.");
  }
  return { amount, currency };
}

/** Resolvers of the shared type `Money`. */
export const moneyResolvers = {
  amountMinor: (money: StoredMoney) => money.amount,
  amount: (money: StoredMoney) => toDecimal(money),
  currencyCode: (money: StoredMoney) => money.currency,
};
