import { embedded } from "@tradegraph/kit/model";

export interface StoredAddress {
  street: string;
  city: string;
  state?: string;
  zip: string;
  /** ISO 3166, two letters. */
  country: string;
}

export const addressSchema = embedded({
  street: { type: String, required: true, maxlength: 200 },
  city: { type: String, required: true, maxlength: 100 },
  state: { type: String, maxlength: 100 },
  zip: { type: String, required: true, maxlength: 20 },
  country: { type: String, required: true, match: /^[A-Z]{2}$/ },
});
