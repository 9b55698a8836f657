import { embedded } from "@tradegraph/kit/model";
import { type Sealed, sealedField } from "@tradegraph/kit/sealed-field";

/** An address as it is read and written; see `sealed-address.ts`. */
export interface PlainAddress extends Omit<StoredAddress, "street"> {
  street: string;
}

export interface StoredAddress {
  street: Sealed;
  city: string;
  state?: string;
  zip: string;
  /** ISO 3166, two letters. */
  country: string;
}

/** Most characters of a street. */
export const longestStreet = 200;

export const addressSchema = embedded({
  street: { ...sealedField(longestStreet * 3), required: true },
  city: { type: String, required: true, maxlength: 100, dataClass: "restricted", personal: true },
  state: { type: String, maxlength: 100, dataClass: "restricted", personal: true },
  zip: { type: String, required: true, maxlength: 20, dataClass: "restricted", personal: true },
  country: { type: String, required: true, match: /^[A-Z]{2}$/, dataClass: "restricted", personal: true },
});
