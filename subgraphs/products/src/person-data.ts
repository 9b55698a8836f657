import { type PersonData, personPage, personPageSize } from "@tradegraph/kit/person-data";
import { type Models } from "./models.ts";
import { listSuppliedProducts } from "./queries/list-supplied-products.ts";

/** Products belong to the shop of a supplier and stay: there is nothing of a person in them but the supplier's id. */
export const createPersonData = (models: Models): PersonData => ({
  sources: [true, false].map((isActive) => ({
    name: isActive ? "productsOnSale" : "productsOffSale",
    read: async (supplierId, after) =>
      personPage(
        await listSuppliedProducts(models, { supplierId, isActive }, { first: personPageSize, after }),
        ({ _id, sku, name }) => ({ id: _id.toHexString(), sku, name }),
      ),
  })),
  erase: () => Promise.resolve({}),
});
