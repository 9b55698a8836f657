import { type PersonFields } from "@tradegraph/kit/person-fields";

/** None: there is nothing of a person in this database but the id of a supplier; see person-data.ts. */
export const personFields: PersonFields = {};
