import { embedded } from "@tradegraph/kit/model";

/** A postal address, copied into what it was given for. */
export interface AddressDocument {
  street: string;
  city: string;
  state?: string;
  zip: string;
  /** ISO 3166, two letters. */
  country: string;
}

/** Most characters of each part; the checks of input use them too. */
export const addressLimits = { street: 200, city: 100, state: 100, zip: 20 } as const;

export const countryPattern = /^[A-Z]{2}$/;

export const addressSchema = embedded({
  street: { type: String, required: true, maxlength: addressLimits.street },
  city: { type: String, required: true, maxlength: addressLimits.city },
  state: { type: String, maxlength: addressLimits.state },
  zip: { type: String, required: true, maxlength: addressLimits.zip },
  country: { type: String, required: true, match: countryPattern },
});
