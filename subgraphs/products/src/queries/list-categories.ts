import { toObjectId } from "@tradegraph/kit/node-id";
import { type Connection, type ConnectionArguments, readConnection } from "@tradegraph/kit/pagination";
import { type Models } from "../models.ts";
import { type CategoryDocument } from "../models/category.ts";

interface CategoryListArguments extends ConnectionArguments {
  parentId?: string | null | undefined;
}

/** Active categories below a parent, in the shop's order. */
export function listCategories(
  models: Models,
  args: CategoryListArguments,
  limit: number,
): Promise<Connection<CategoryDocument>> {
  const filter = { parentId: args.parentId == null ? null : toObjectId(args.parentId, "parentId"), isActive: true };
  return readConnection(
    { args, sort: { path: "sortOrder", direction: 1 }, filter, limit },
    (page) => models.Category.find(page.filter).sort(page.sort).limit(page.limit).lean<CategoryDocument[]>(),
    (most) => models.Category.countDocuments(filter, { limit: most }),
  );
}
