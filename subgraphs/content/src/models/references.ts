// Things of other subgraphs, as this one knows them: by id.
import { type HeroSlideDocument } from "./hero-slide.ts";
import { type PageDocument } from "./page.ts";
import { type ReviewDocument } from "./review.ts";

export interface Reference {
  id: string;
}

/** What `node` found: a document of ours, or the name and id of something that the gateway gets from its owner. */
export type FoundNode =
  | (HeroSlideDocument & { __typename: "HeroSlide" })
  | (PageDocument & { __typename: "Page" })
  | (ReviewDocument & { __typename: "Review" })
  | (Reference & { __typename: ForeignType });

/** Node types of other subgraphs. */
export const foreignTypes = [
  "Product",
  "Category",
  "Store",
  "Inventory",
  "PriceList",
  "User",
  "Company",
  "CompanyMembership",
  "Cart",
  "Order",
  "Payment",
  "Quote",
] as const;

export type ForeignType = (typeof foreignTypes)[number];
