/** A postal address, copied into what it was given for; stored as one sealed text, see `sealed-address.ts`. */
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

/** Longest JSON text of an address in bytes: each character escaped, and the names of the parts. */
export const longestAddressText = (200 + 100 + 100 + 20) * 6 + 100;
