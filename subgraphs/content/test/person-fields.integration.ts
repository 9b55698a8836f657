// What person-fields.ts says becomes of each field about a person does become of it.
import { createPersonCalls } from "@tradegraph/testkit/person-calls";
import { expectPersonFields } from "@tradegraph/testkit/person-walk";
import { it } from "vitest";
import { schemas } from "../src/models.ts";
import { personFields } from "../src/person-fields.ts";
import { fakeReview, newId } from "./fakes.ts";
import { startContent } from "./start-content.ts";

const content = startContent();

it("exports and erases every field about a person as the list says", async () => {
  const author = newId();
  await fakeReview(content.models, { authorId: author, title: "Canarina says", body: "It holds" });
  const { db } = content.resources.mongo.connection;
  if (!db) throw new Error("The test database is not connected.");
  const calls = createPersonCalls({ service: "content", url: content.subgraph.url });
  await expectPersonFields({ db, schemas, fields: personFields, calls, userId: author.toHexString() });
  await calls.close();
});
