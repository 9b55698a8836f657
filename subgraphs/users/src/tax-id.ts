import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { currentTenant } from "@tradegraph/kit/tenancy";
import { type CompanyDocument } from "./models/company.ts";
import { sealedPlaces } from "./models/sealed-places.ts";

/**
 * The fields of a company that a tax id fills. Their index is unique, so a write answers with the database's error 11000 on
 * `taxIdIndex` when another company of the tenant has the id, written in whatever case and with whatever blanks
 * and signs between.
 *
 * @example Company.create({ ...fields, ...(taxId && taxIdFields(cipher, taxId)) })
 */
export function taxIdFields(
  cipher: FieldCipher,
  taxId: string,
  tenantId = currentTenant(),
): Required<Pick<CompanyDocument, "taxId" | "taxIdIndex" | "hasTaxId">> {
  const place = { ...sealedPlaces.taxId, tenantId };
  return { taxId: cipher.seal(taxId, place), taxIdIndex: cipher.blindIndex(taxId, place), hasTaxId: true };
}
