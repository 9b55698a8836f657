// Every DataLoader of this subgraph: one database command for all keys of a request.
import { type LoaderFactory, orderByKey } from "@tradegraph/kit/loader";
import { isObjectIdText } from "@tradegraph/kit/node-id";
import { isStaff, type Viewer } from "@tradegraph/kit/viewer";
import { Types } from "mongoose";
import { type Models } from "./models.ts";
import { type HeroSlideDocument } from "./models/hero-slide.ts";
import { type PageDocument } from "./models/page.ts";
import { type ReviewDocument } from "./models/review.ts";
import { type ReviewSummaryDocument } from "./models/review-summary.ts";

export type Loaders = ReturnType<typeof createLoaders>;

const idOf = ({ _id }: { _id: Types.ObjectId }) => _id.toHexString();

/** Ids that are no ids have no document: `_entities` must answer null, not fail the batch. */
const validIds = (ids: readonly string[]) => ids.filter(isObjectIdText).map((id) => new Types.ObjectId(id));

export function createLoaders(models: Models, createLoader: LoaderFactory, viewer: Viewer) {
  const heroSlideById = createLoader("heroSlideById", async (ids: readonly string[]) => {
    const visible = isStaff(viewer, "content") ? {} : { isActive: true };
    const rows = await models.HeroSlide.find({ _id: { $in: validIds(ids) }, ...visible }).lean<HeroSlideDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  const pageById = createLoader("pageById", async (ids: readonly string[]) => {
    const rows = await models.Page.find({ _id: { $in: validIds(ids) } }).lean<PageDocument[]>();
    return orderByKey(ids, rows, idOf);
  });
  const pageBySlug = createLoader("pageBySlug", async (slugs: readonly string[]) => {
    const rows = await models.Page.find({ slug: { $in: [...slugs] } }).lean<PageDocument[]>();
    return orderByKey(slugs, rows, ({ slug }) => slug);
  });
  const reviewById = createLoader("reviewById", async (ids: readonly string[]) => {
    const rows = await models.Review.find({ _id: { $in: validIds(ids) }, ...readableReviews(viewer) }).lean<
      ReviewDocument[]
    >();
    return orderByKey(ids, rows, idOf);
  });
  const summaryByProduct = createLoader("summaryByProduct", async (ids: readonly string[]) => {
    const rows = await models.ReviewSummary.find({ productId: { $in: validIds(ids) } }).lean<ReviewSummaryDocument[]>();
    return orderByKey(ids, rows, ({ productId }) => productId.toHexString());
  });
  return { heroSlideById, pageById, pageBySlug, reviewById, summaryByProduct };
}

/** Approved reviews are for everybody, others for their author and staff. */
function readableReviews(viewer: Viewer) {
  if (isStaff(viewer, "content")) return {};
  const { userId } = viewer;
  const approved = { status: "approved" as const };
  return userId === undefined ? approved : { $or: [approved, { authorId: new Types.ObjectId(userId) }] };
}
