// Who may see what. Content is public (ruling 13); a review that is not approved is its author's and the staff's.
import { allow, type PermissionMap, viewerRule } from "@tradegraph/kit/permissions";
import { forbidden } from "@tradegraph/kit/errors";
import { isStaff } from "@tradegraph/kit/viewer";
import { foreignTypes } from "./models/references.ts";
import { type ReviewDocument } from "./models/review.ts";

/** The loader has left out what may not be seen; this holds should another way to a review forget it. */
const isReadable = viewerRule<ReviewDocument>(
  "isReadable",
  (viewer, { status, authorId }) =>
    status === "approved" || isStaff(viewer, "content") || authorId.toHexString() === viewer.userId
      ? true
      : forbidden("Only staff and its author see a review that is not approved."),
  "everybody once it is approved; before, staff of content and the author",
);

export const permissions: PermissionMap = {
  ...Object.fromEntries(foreignTypes.map((name) => [name, allow])),
  Query: allow,
  HeroSlide: allow,
  Money: allow,
  Page: allow,
  PageInfo: allow,
  Review: { "*": allow, author: isReadable, title: isReadable, body: isReadable },
  ReviewConnection: allow,
  ReviewEdge: allow,
  ReviewSummary: allow,
};
