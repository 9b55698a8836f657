// Every list of users, companies, members, partners and audit entries, in every order, walked page by page while documents come and go.
import { describeKeysetWalks } from "@tradegraph/testkit/keyset-walk";
import { createSchema } from "../src/schema.ts";
import { startUsers } from "./start-users.ts";
import { collections, walks } from "./walks.ts";

const users = startUsers();

describeKeysetWalks({
  schema: createSchema(),
  subgraph: () => users.subgraph,
  collections: {
    users: { ...collections.users, model: () => users.models.User },
    companies: { ...collections.companies, model: () => users.models.Company },
    memberships: { ...collections.memberships, model: () => users.models.Membership },
    partners: { ...collections.partners, model: () => users.models.Partner },
    auditLog: { ...collections.auditLog, model: () => users.models.AuditEntry },
  },
  walks,
});
