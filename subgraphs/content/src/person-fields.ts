import { type PersonFields } from "@tradegraph/kit/person-fields";

/** Every field about a person in this database; see person-data.ts. */
export const personFields: PersonFields = {
  "reviews.authorId": { erased: "replaced", because: "the id that the export was asked for" },
  "reviews.title": { exported: "reviews", erased: "removed" },
  "reviews.body": { exported: "reviews", erased: "removed" },
};
