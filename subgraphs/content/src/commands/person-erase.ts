import { type Actor, outboxEntry, pushOutbox } from "@tradegraph/kit/outbox";
import { Types } from "mongoose";
import { type Models } from "../models.ts";
import { type ReviewDocument } from "../models/review.ts";

const batch = 500;

/**
 * Cuts reviews off from whoever wrote them: the rating stays, so that averages stay true; title, text and author go. The
 * new author is random and has no account.
 *
 * @returns how many reviews were changed
 */
export async function eraseReviews(models: Models, authorId: Types.ObjectId, actor: Actor): Promise<number> {
  const nobody = new Types.ObjectId();
  const changes = ["authorId", "title", "body"];
  let erased = 0;
  for (;;) {
    const found = await models.Review.find({ authorId }, { _id: 1 })
      .hint({ tenantId: 1, authorId: 1, _id: 1 })
      .limit(batch)
      .lean<Pick<ReviewDocument, "_id">[]>();
    if (found.length === 0) return erased;
    const operations = found.map(({ _id }) => {
      const { $push, $set } = pushOutbox(outboxEntry("review.erased", actor, { changes }));
      const update = {
        $set: { authorId: nobody, ...$set },
        $unset: { title: true, body: true },
        $push,
        $inc: { version: 1 },
      };
      return { updateOne: { filter: { _id, authorId }, update } };
    });
    erased += (await models.Review.bulkWrite(operations as never[], { ordered: false })).modifiedCount;
  }
}
