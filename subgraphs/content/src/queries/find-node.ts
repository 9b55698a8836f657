import { badUserInput } from "@tradegraph/kit/errors";
import { fromNodeId } from "@tradegraph/kit/node-id";
import { type Loaders } from "../loaders.ts";
import { type ForeignType, foreignTypes, type FoundNode } from "../models/references.ts";

const isForeign = (typeName: string): typeName is ForeignType => (foreignTypes as readonly string[]).includes(typeName);

/**
 * Ours is loaded, null when it does not exist for the viewer. Of everything else only name and id are known: the gateway
 * asks the owner, who decides.
 *
 * @throws PublicError BAD_USER_INPUT when the text is no node id, or of no type that has one
 */
export async function findNode(loaders: Loaders, nodeId: string): Promise<FoundNode | null> {
  const { typeName, id } = fromNodeId(nodeId);
  if (isForeign(typeName)) return { __typename: typeName, id };
  switch (typeName) {
    case "HeroSlide":
      return named("HeroSlide", await loaders.heroSlideById.load(id));
    case "Page":
      return named("Page", await loaders.pageById.load(id));
    case "Review":
      return named("Review", await loaders.reviewById.load(id));
    default:
      throw badUserInput("This is no node id; use the value of a `nodeId` field.", ["id"]);
  }
}

const named = <N extends string, D extends object>(__typename: N, document: D | null) =>
  document && { ...document, __typename };
