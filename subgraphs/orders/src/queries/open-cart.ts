import { toObjectId } from "@tradegraph/kit/node-id";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type Models } from "../models.ts";
import { type CartDocument } from "../models/cart.ts";

/** The one cart that the viewer is filling, null when there is none. */
export async function openCart(models: Models, { userId }: Viewer): Promise<CartDocument | null> {
  if (!userId) return null;
  return models.Cart.findOne({ ownerId: toObjectId(userId, "userId"), isOpen: true })
    .hint({ tenantId: 1, ownerId: 1 })
    .lean<CartDocument | null>();
}
