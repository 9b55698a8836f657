import { type InternalCall } from "@tradegraph/kit/internal-client";
import { createLogger } from "@tradegraph/kit/logger";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { afterEach, expect, it } from "vitest";
import { type OperationAnswer, type OperationRequest } from "../http/steps.ts";
import { newScope, type RequestScope } from "../request-scope.ts";
import { type PersistedOperation } from "./operation-list.ts";
import { createOperationUsage, type OperationUsage } from "./operation-usage.ts";
import { type PartnerOperation } from "./partner-operation.ts";

const logger = createLogger({ service: "test", level: "silent" });
const answer: OperationAnswer = { status: 200, headers: new Map(), body: "{}" };
let opened: OperationUsage | undefined;
afterEach(() => opened?.close());

const operation = (id: string, listId = "l1", tenantId = "acme"): PartnerOperation => ({
  ...{ id, listId, tenantId, name: id, type: "query", body: "" },
});

function start(users: () => unknown = () => ({})) {
  const told: InternalCall[] = [];
  const call = async (one: InternalCall) => {
    await users();
    told.push(one);
  };
  const usage = createOperationUsage({ users: { call: call as never }, logger, everyMs: 60_000 });
  opened = usage;
  const use = (persisted?: PersistedOperation) => {
    const scope = { ...newScope("r", anonymousViewer("acme")), persisted };
    return usage.step({ scope } as OperationRequest, () => answer);
  };
  return { ...usage, told, use };
}

it("counts what partners use, passes everything on at once, and reports by shop", async () => {
  const { use, report, told } = start();
  const a = operation("a");
  for (const one of [
    a,
    a,
    operation("b", "l2", "zeta"),
    { ...a },
    undefined,
    { id: "x", name: "x", type: "query" as const, body: "" },
  ])
    expect(use(one)).toBe(answer);
  await report();
  expect(told.map(({ viewer, variables }) => [viewer.tenantId, variables.uses])).toEqual([
    [
      "acme",
      [
        { listId: "l1", operationId: "a", uses: 2 },
        { listId: "l1", operationId: "a", uses: 1 },
      ],
    ],
    ["zeta", [{ listId: "l2", operationId: "b", uses: 1 }]],
  ]);
  await report();
  expect(told).toHaveLength(2);
});

it("keeps what users did not take, and what comes meanwhile", async () => {
  let isAway = true;
  const { use, report, told } = start(() => (isAway ? Promise.reject(new Error("away")) : undefined));
  const a = operation("a");
  void use(a);
  const failing = report();
  void use(a);
  await failing;
  isAway = false;
  await report();
  expect(told.map(({ variables }) => variables.uses)).toEqual([[{ listId: "l1", operationId: "a", uses: 2 }]]);
});

it("reports what is left when it ends", async () => {
  const { use, close, told } = start();
  void use(operation("a"));
  await close();
  expect(told).toHaveLength(1);
});

it("counts nothing that was refused, at once or later", async () => {
  const { step, report, told } = start();
  const scope: RequestScope = { ...newScope("r", anonymousViewer("acme")), persisted: operation("a") };
  const pass = (next: () => OperationAnswer | Promise<OperationAnswer>) => step({ scope } as OperationRequest, next);
  const refused = new Error("too many");
  expect(() =>
    pass(() => {
      throw refused;
    }),
  ).toThrow(refused);
  await expect(pass(() => Promise.reject(refused))).rejects.toBe(refused);
  await report();
  expect(told).toEqual([]);
  await pass(() => Promise.resolve(answer));
  await report();
  expect(told[0]?.variables.uses).toMatchObject([{ operationId: "a", uses: 1 }]);
});
