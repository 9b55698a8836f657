import { actorOf } from "@tradegraph/kit/outbox";
import { type PersonData, personPage, personPageSize } from "@tradegraph/kit/person-data";
import { eraseReviews } from "./commands/person-erase.ts";
import { type Models } from "./models.ts";
import { type ReviewDocument } from "./models/review.ts";
import { listReviewsByAuthor } from "./queries/list-reviews-by-author.ts";

export const createPersonData = (models: Models): PersonData => ({
  sources: [
    {
      name: "reviews",
      read: async (userId, after) =>
        personPage(await listReviewsByAuthor(models, userId, { first: personPageSize, after }), reviewRecord),
    },
  ],
  erase: async (userId, { viewer, requestId }) => ({
    reviews: await eraseReviews(models, userId, actorOf(viewer, requestId)),
  }),
});

const reviewRecord = ({
  _id,
  productId,
  rating,
  title,
  body,
  status,
  verifiedPurchase,
  createdAt,
}: ReviewDocument) => ({
  ...{ id: _id.toHexString(), productId: productId.toHexString(), rating, title, body },
  ...{ status, verifiedPurchase, createdAt },
});
