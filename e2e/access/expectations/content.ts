// Who sees what in content. It is public (ruling 13), but for slides that are switched off and reviews that staff have
// not approved: those are for the staff of this area, reviews for their author too.
import { onlyFor, open, type SubgraphExpectations } from "../expectation.ts";

export const content: SubgraphExpectations = {
  operations: {
    "Query.heroSlides": { about: "slide", ...open },
    "Query.heroSlides(activeOnly: false)": {
      about: "hiddenSlide",
      sees: { "admin staffContent": "all" },
      nothing: { "admin staffContent": "otherTenant" },
    },
    "Query.page": { about: "page", ...open },
    "Query.reviews": { about: "review", ...open },
    "Query.reviews(pending)": { about: "pendingReview", sees: {}, rest: "nothing" },
    "Query.node(HeroSlide)": { about: "slide", ...open },
    "Query.node(HeroSlide, hidden)": { about: "hiddenSlide", ...onlyFor("admin staffContent") },
    "Query.node(Page)": { about: "page", ...open },
    "Query.node(Review)": { about: "review", ...open },
    "Query.node(Review, pending)": {
      about: "pendingReview",
      sees: { accounts: "own", "admin staffContent": "all" },
      rest: "nothing",
    },
  },
  entities: {
    HeroSlide: {
      about: "slide",
      ...open,
      also: { "switched off": { about: "hiddenSlide", ...onlyFor("admin staffContent") } },
    },
    Page: { about: "page", ...open },
    Review: {
      about: "review",
      ...open,
      also: {
        pending: { about: "pendingReview", sees: { accounts: "own", "admin staffContent": "all" }, rest: "nothing" },
      },
    },
    Product: {
      about: "product",
      isStub: true,
      sees: { everybody: "own other otherTenant" },
      fields: { reviews: open, reviewSummary: open },
    },
  },
};
