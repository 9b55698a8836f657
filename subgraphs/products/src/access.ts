// Who may see more than everybody. Loaders and queries filter by it; permissions.ts says the same for single fields.
import { isStaff, type Viewer } from "@tradegraph/kit/viewer";
import { type ProductDocument } from "./models/product.ts";

/** Whether the viewer sees products of this supplier that are not on sale: its own, or all for staff. */
export const seesOffSale = (viewer: Viewer, supplierId: string): boolean =>
  isStaff(viewer, "catalogue") || (viewer.role === "supplier" && viewer.userId === supplierId);

/** Whether a page of the product is there for the viewer. */
export const isShown = (viewer: Viewer, { isActive, supplierId }: Pick<ProductDocument, "isActive" | "supplierId">) =>
  isActive || seesOffSale(viewer, supplierId.toHexString());
