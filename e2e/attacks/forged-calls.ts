// Calls of subgraphs that the gateway did not make, or not so, or not now.
import { randomUUID } from "node:crypto";
import { signRequest, type SignedRequest, type SigningKey } from "@tradegraph/kit/internal-assertion";
import { anonymousViewer, encodeViewer, serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { type Attack, type Scene, send, unauthenticated } from "./attack.ts";

type Subgraph = Exclude<Attack["told"]["source"], "gateway">;

const urlOf = ({ graph }: Scene, name: Subgraph, path = "/graphql") =>
  `http://127.0.0.1:${graph.graph.ports[name]}${path}`;

const keyOf = ({ graph }: Scene): SigningKey => {
  const [kid = "", secret = ""] = graph.graph.secrets.signingKeys.split(":");
  return { kid, secret };
};

const admin: Viewer = { ...anonymousViewer("alpenmarkt"), role: "admin", scopes: ["admin"] };
const everything = JSON.stringify({ query: "{ __typename }" });

interface Call {
  to: Subgraph;
  body?: string;
  path?: string;
  viewer?: Viewer;
}

/** Headers of a good call, of which the attack changes something. */
function signed(scene: Scene, { to, body = everything, path = "/graphql", viewer = admin }: Call, key = keyOf(scene)) {
  const request: SignedRequest = { audience: to, method: "POST", path, body, requestId: randomUUID() };
  return signRequest([key], viewer, request);
}

const told = (source: Subgraph, code: string) => ({ source, action: "request.refused", code }) as const;

/** @param change of headers or body of a good call, which then is sent to `to` */
const changed = (
  name: string,
  reason: string,
  to: Subgraph,
  make: (scene: Scene) => { headers: Record<string, string>; body?: string },
): Attack => ({
  name,
  prepare: (scene) =>
    Promise.resolve(() => {
      const { headers, body = everything } = make(scene);
      return send(urlOf(scene, to), headers, body);
    }),
  refused: unauthenticated,
  told: told(to, reason),
});

const direct = (to: Subgraph, what: string, query: string, variables = {}): Attack =>
  changed(`${what}, asked of ${to} directly`, "assertion missing", to, () => ({
    headers: {},
    body: JSON.stringify({ query, variables }),
  }));

const anHourAgo = <T>(work: () => T): T => {
  const { now } = Date;
  Date.now = () => now() - 3_600_000;
  try {
    return work();
  } finally {
    Date.now = now;
  }
};

/** A good call that is sent a second time. */
const replayed = (name: string, call: Call): Attack => ({
  name,
  async prepare(scene) {
    const headers = signed(scene, call);
    const again = () => send(urlOf(scene, call.to, call.path), headers, call.body ?? everything);
    const first = await again();
    if (first.status !== 200) throw new Error(`The first call was refused: ${JSON.stringify(first)}`);
    return again;
  },
  refused: unauthenticated,
  told: told(call.to, "assertion replayed"),
});

const entity = { representations: [{ __typename: "Product", id: "5f5f5f5f5f5f5f5f5f5f5f5f" }] };

export const forgedCalls: Attack[] = [
  direct(
    "products",
    "entities",
    "query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }",
    entity,
  ),
  direct("orders", "the SDL", "{ _service { sdl } }"),
  direct("content", "introspection", "{ __schema { types { name } } }"),
  direct("users", "a plain query", "{ users(first: 10) { nodes { email } } }"),
  changed("a call signed with another key", "wrong signature", "products", (scene) => ({
    headers: signed(scene, { to: "products" }, { ...keyOf(scene), secret: "0".repeat(64) }),
  })),
  changed("a call with another body", "wrong signature", "orders", (scene) => ({
    headers: signed(scene, { to: "orders" }),
    body: JSON.stringify({ query: "{ orders(first: 10) { nodes { number } } }" }),
  })),
  changed("a call meant for another subgraph", "wrong signature", "users", (scene) => ({
    headers: signed(scene, { to: "content" }),
  })),
  changed("a call of somebody else", "wrong signature", "content", (scene) => ({
    headers: {
      ...signed(scene, { to: "content", viewer: anonymousViewer("alpenmarkt") }),
      "tg-viewer": encodeViewer(admin),
    },
  })),
  changed("a call with a key that nobody knows", "unknown key", "products", (scene) => ({
    headers: signed(scene, { to: "products" }, { ...keyOf(scene), kid: "nobody" }),
  })),
  changed("a call of an hour ago", "outside the time window", "orders", (scene) => ({
    headers: anHourAgo(() => signed(scene, { to: "orders" })),
  })),
  replayed("a mutation, sent again", {
    to: "users",
    body: JSON.stringify({ query: `mutation { sessionRevoke(id: "nonsense") { ended } }` }),
    viewer: { ...admin, role: "customer", scopes: [], userId: "5f5f5f5f5f5f5f5f5f5f5f5f" },
  }),
  replayed("a call between programs, sent again", {
    to: "products",
    path: "/internal/events",
    body: JSON.stringify({ consumer: "audit", after: 0, limit: 1 }),
    viewer: serviceViewer("alpenmarkt", ["events"]),
  }),
];
