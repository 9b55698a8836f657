// What people write about companies and their members: what is wrong with it, and what is stored of it.
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type StoredMoney, toMinorUnits } from "@tradegraph/kit/money";
import { addressErrors, storedAddress } from "./address-input.ts";
import { type AddressInput, type MoneyInput } from "./generated/resolvers.ts";
import { type CompanyDocument } from "./models/company.ts";
import { sealedPlaces } from "./models/sealed-places.ts";
import { taxIdFields } from "./tax-id.ts";
import { invalidInput, type UserErrorRecord } from "./user-errors.ts";

const longest = { name: 200, taxId: 50, addresses: 20 } as const;

/** Look-alikes of other scripts, and signs that cannot be seen, would make another id of the same one. */
const taxIdPattern = /^[\x20-\x7e]*[A-Za-z0-9][\x20-\x7e]*$/;
const taxIdHelp = "Use the letters A to Z, digits and signs such as - or /, without accents.";

type Optional<T> = T | null | undefined;

export interface CompanyText {
  name?: Optional<string>;
  taxId?: Optional<string>;
  addresses?: Optional<readonly AddressInput[]>;
}

/** Everything that is wrong with what is given; what is absent is no error. */
export function companyTextErrors({ name, taxId, addresses }: CompanyText): UserErrorRecord[] {
  const errors: UserErrorRecord[] = [];
  const length = name?.trim().length ?? 1;
  if (length < 1 || length > longest.name) errors.push(invalidInput("name", "Give a name of 1 to 200 characters."));
  const tax = taxId?.trim() ?? "";
  if (tax.length > longest.taxId) errors.push(invalidInput("taxId", "Use at most 50 characters."));
  if (tax !== "" && !taxIdPattern.test(tax)) errors.push(invalidInput("taxId", taxIdHelp));
  if ((addresses ?? []).length > longest.addresses)
    return [...errors, invalidInput("addresses", "Give at most 20 addresses.")];
  return [
    ...errors,
    ...(addresses ?? []).flatMap((address, index) => addressErrors(address, "addresses", String(index))),
  ];
}

type CompanyTextFields = Partial<
  Pick<CompanyDocument, "name" | "nameSort" | "taxId" | "taxIdIndex" | "hasTaxId" | "addresses">
>;

/** The one place where text that was checked becomes stored fields; absent or empty stays absent. */
export function companyTextFields({ name, taxId, addresses }: CompanyText, cipher: FieldCipher): CompanyTextFields {
  const trimmed = name?.trim();
  const tax = taxId?.trim();
  return {
    ...(trimmed && { name: trimmed, nameSort: trimmed.toLowerCase().slice(0, longest.name) }),
    ...(tax && taxIdFields(cipher, tax)),
    ...(addresses && {
      addresses: addresses.map((address) => storedAddress(address, cipher, sealedPlaces.companyStreet)),
    }),
  };
}

/**
 * A limit or credit as it is stored.
 *
 * @returns the amount, undefined when none is given, or what is wrong with it
 */
export function storedMoney(money: Optional<MoneyInput>, field: string): StoredMoney | UserErrorRecord | undefined {
  if (!money) return undefined;
  const amount = toMinorUnits(money.amount, money.currencyCode);
  if (amount !== undefined && amount >= 0) return { amount, currency: money.currencyCode };
  return invalidInput(field, `Give an amount of 0 or more with the decimals of ${money.currencyCode}, such as 500.00.`);
}

/** Tells what `storedMoney` found wrong from an amount. */
export const isUserError = (value: StoredMoney | UserErrorRecord | undefined): value is UserErrorRecord =>
  value !== undefined && "__typename" in value;
