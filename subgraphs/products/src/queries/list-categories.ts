import { toObjectId } from "@tradegraph/kit/node-id";
import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Models } from "../models.ts";
import { type CategoryDocument } from "../models/category.ts";

interface CategoryListArguments extends ConnectionArguments {
  parentId?: string | null | undefined;
}

const index = { tenantId: 1, parentId: 1, isActive: 1, sortOrder: 1, _id: 1 } as const;

/** Active categories below a parent, in the shop's order. */
export function listCategories(
  models: Models,
  args: CategoryListArguments,
  limit: number,
): Promise<Connection<CategoryDocument>> {
  const { parentId = null } = args;
  const filter = { parentId: parentId === null ? null : toObjectId(parentId, "parentId"), isActive: true };
  return readConnection(
    { args, sort: { path: "sortOrder", direction: 1 }, filter, limit },
    (page) =>
      models.Category.find(page.filter).sort(page.sort).limit(page.limit).hint(index).lean<CategoryDocument[]>(),
    (most) => models.Category.countDocuments(filter, { limit: most, hint: index }),
  );
}
