// Every list of reviews, in every order, walked page by page while reviews come and go.
import { seedRandom } from "@tradegraph/kit/seed-random";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { describeKeysetWalks, ordersBy, type Walk } from "@tradegraph/testkit/keyset-walk";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type WalkedDocument } from "@tradegraph/testkit/walked-documents";
import { type Types } from "mongoose";
import { createSchema } from "../src/schema.ts";
import { fakeViewer, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();
const random = seedRandom("keyset-walk", "reviews", 1);
const visitor = anonymousViewer(testTenant);
const popular = newId();
const other = newId();

/** Many ties: a handful of values for every sort key. */
const makeReview = () => ({
  productId: random.chance(60) ? popular : random.chance(60) ? other : newId(),
  authorId: newId(),
  rating: random.between(1, 5),
  verifiedPurchase: random.chance(50),
  status: random.chance(80) ? "approved" : random.pick(["pending", "rejected"]),
  createdAt: new Date(Date.UTC(2026, 0, random.between(1, 10))),
  outbox: [],
  hasOutbox: false,
});

const shownFor = (productId: Types.ObjectId) => (review: WalkedDocument) =>
  review.status === "approved" && productId.equals(review.productId as Types.ObjectId);

const byDate = ({ createdAt }: WalkedDocument) => createdAt;
const orders = [
  { by: "as they come", sort: undefined, order: { key: byDate, direction: -1 as const } },
  ...ordersBy({ CREATED_AT: byDate, RATING: ({ rating }) => rating as number }),
];

const walks = orders.flatMap(({ by, sort, order }): Walk<"reviews">[] => {
  const common = { ...order, collection: "reviews" as const, viewer: visitor };
  const ofPopular = { ...common, matches: shownFor(popular), pageSize: 100 };
  const asked = { connection: "Query.reviews", arguments: { productId: popular.toHexString(), ...(sort && { sort }) } };
  return [
    { ...ofPopular, ...asked, name: `reviews of a product ${by}` },
    { ...ofPopular, ...asked, name: `reviews of a product for staff ${by}`, viewer: fakeViewer("admin") },
    {
      ...common,
      name: `reviews of Product.reviews ${by}`,
      connection: "Product.reviews",
      of: other,
      ...(sort && { arguments: { sort } }),
      matches: shownFor(other),
      pageSize: 40,
    },
  ];
});

describeKeysetWalks({
  schema: createSchema(),
  subgraph: () => content.subgraph,
  collections: { reviews: { model: () => content.models.Review, size: 5_000, make: makeReview } },
  walks,
});
