// What person-fields.ts says becomes of each field about a person does become of it.
import { createPersonCalls } from "@tradegraph/testkit/person-calls";
import { expectPersonFields } from "@tradegraph/testkit/person-walk";
import { it } from "vitest";
import { schemas } from "../src/models.ts";
import { personFields } from "../src/person-fields.ts";
import { fakeCart, fakeOrder, fakeQuote, newId } from "./fakes.ts";
import { startOrders } from "./start-orders.ts";

const orders = startOrders();
const home = { street: "Birdcage Walk 7", city: "Cagetown", zip: "4711", country: "AT" };

it("exports and erases every field about a person as the list says", async () => {
  const buyer = newId();
  await fakeCart(orders.models, { ownerId: buyer, note: "Canarina's list" });
  await fakeOrder(orders.models, {
    ...{ customerId: buyer, status: "delivered", shippingAddress: home, billingAddress: home },
    notes: "Ring for Canarina",
    history: [{ status: "delivered", at: new Date(), actorId: newId(), reason: "Canarina was at home" }],
  });
  const messages = [{ authorId: buyer, body: "Canarina asks", at: new Date() }];
  await fakeQuote(orders.models, { customerId: buyer, messages });
  const { db } = orders.resources.mongo.connection;
  if (!db) throw new Error("The test database is not connected.");
  const calls = createPersonCalls({ service: "orders", url: orders.subgraph.url });
  await expectPersonFields({ db, schemas, fields: personFields, calls, userId: buyer.toHexString() });
  await calls.close();
});
