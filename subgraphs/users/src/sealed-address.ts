// The street of an address is sealed; city, state, zip and country are not, because orders are grouped by them.
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type SealedPlace } from "@tradegraph/kit/sealed-field";
import { type PlainAddress, type StoredAddress } from "./models/address.ts";

/** @param place `userStreet` or `companyStreet` of `sealedPlaces` */
export const sealAddress = (cipher: FieldCipher, address: PlainAddress, place: SealedPlace): StoredAddress => ({
  ...address,
  street: cipher.seal(address.street, place),
});

/** @throws SealedValueError for a street that was not sealed for this place */
export const openAddress = async (
  cipher: FieldCipher,
  address: StoredAddress,
  place: SealedPlace,
): Promise<PlainAddress> => ({ ...address, street: await cipher.open(address.street, place) });
