// Addresses of an order are one sealed text each: nothing looks for parts of them.
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type Sealed, type SealedPlace } from "@tradegraph/kit/sealed-field";
import { type AddressDocument } from "./models/address.ts";

/** @param place one of `sealedPlaces` */
export const sealAddress = (cipher: FieldCipher, address: AddressDocument, place: SealedPlace): Sealed =>
  cipher.seal(JSON.stringify(address), place);

/** @throws SealedValueError for a text that was not sealed for this place */
export const openAddress = async (cipher: FieldCipher, sealed: Sealed, place: SealedPlace): Promise<AddressDocument> =>
  JSON.parse(await cipher.open(sealed, place)) as AddressDocument;
