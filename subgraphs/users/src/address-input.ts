// Addresses as people write them: what is wrong with one, and what is stored of it.
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type SealedPlace } from "@tradegraph/kit/sealed-field";
import { type AddressInput } from "./generated/resolvers.ts";
import { longestStreet, type StoredAddress } from "./models/address.ts";
import { sealAddress } from "./sealed-address.ts";
import { invalidInput, type UserErrorRecord } from "./user-errors.ts";

/** Most characters of each part; the validators of `models/address.ts` say the same. */
const longest = { street: longestStreet, city: 100, state: 100, zip: 20 } as const;
const required = ["street", "city", "zip"] as const;

/** Everything that is wrong. @param field path of the address inside `input` */
export function addressErrors(address: AddressInput, ...field: string[]): UserErrorRecord[] {
  const at = (part: string, message: string): UserErrorRecord => ({
    ...invalidInput(part, message),
    field: ["input", ...field, part],
  });
  const missing = required.filter((part) => address[part].trim() === "");
  const tooLong = Object.entries(longest).filter(
    ([part, most]) => (address[part as keyof typeof longest] ?? "").trim().length > most,
  );
  return [
    ...missing.map((part) => at(part, `Fill in ${part}.`)),
    ...tooLong.map(([part, most]) => at(part, `Use at most ${most} characters.`)),
    ...(/^[A-Z]{2}$/.test(address.country)
      ? []
      : [at("country", "Give the country as two capital letters, such as DE.")]),
  ];
}

/** The one place where an address that was checked becomes a stored one. @param place one of `sealedPlaces` */
export function storedAddress(
  { street, city, state, zip, country }: AddressInput,
  cipher: FieldCipher,
  place: SealedPlace,
): StoredAddress {
  const region = state?.trim();
  const address = { city: city.trim(), ...(region && { state: region }), zip: zip.trim(), country };
  return sealAddress(cipher, { street: street.trim(), ...address }, place);
}
