// Counts how often partners use their operations, so that nobody retires what is in use. users keeps the figures.
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Logger } from "@tradegraph/kit/logger";
import { serviceViewer } from "@tradegraph/kit/viewer";
import { observeOperations, type OperationStep } from "../http/steps.ts";
import { isOfPartner, type PartnerOperation } from "./partner-operation.ts";

export interface OperationUsage {
  /**
   * To stand behind the step that resolves ids and before those that refuse: counts what they let through. Does nothing
   * for operations that no partner registered.
   */
  step: OperationStep;
  /** Reports what was counted. Never rejects: what users did not take is reported the next time. */
  report: () => Promise<void>;
  /** Reports for the last time. */
  close: () => Promise<void>;
}

const reportEveryMs = 30_000;
/** Operations that are counted at once; far more than partners use in half a minute, even while users is away. */
const mostCounted = 50_000;
/** As many as users takes. */
const mostInReport = 1_000;

const mutation = `mutation OperationUseRecord($uses: [OperationUseInput!]!) {
  operationUseRecord(uses: $uses) { recorded }
}`;

interface Use {
  operation: PartnerOperation;
  uses: number;
}

export function createOperationUsage(options: {
  users: Pick<InternalClient, "call">;
  logger: Logger;
  everyMs?: number;
}): OperationUsage {
  const { users, logger } = options;
  // By the operation itself: a list that is read again brings other objects, which users adds together.
  let counted = new Map<PartnerOperation, number>();
  let running: Promise<void> | undefined;

  const add = (operation: PartnerOperation, uses: number) => {
    const before = counted.get(operation);
    if (before === undefined && counted.size >= mostCounted) return;
    counted.set(operation, (before ?? 0) + uses);
  };

  const send = async () => {
    const all = [...counted].map(([operation, uses]) => ({ operation, uses }));
    counted = new Map();
    for (const [tenantId, ofTenant] of Map.groupBy(all, ({ operation }) => operation.tenantId)) {
      for (let from = 0; from < ofTenant.length; from += mostInReport) {
        const part = ofTenant.slice(from, from + mostInReport);
        try {
          const viewer = serviceViewer(tenantId, ["api-keys"]);
          await users.call({ query: mutation, variables: { uses: part.map(reported) }, viewer });
        } catch (error) {
          logger.warn({ error: String(error) }, "users did not take the uses of operations; they are reported later");
          for (const { operation, uses } of part) add(operation, uses);
        }
      }
    }
  };
  const report = (): Promise<void> => {
    running ??= send().finally(() => {
      running = undefined;
    });
    return running;
  };
  const timer = setInterval(() => void report(), options.everyMs ?? reportEveryMs).unref();

  return {
    step: observeOperations({
      // What a limit or the rate limit refuses is thrown, and is no use.
      answered({ scope: { persisted } }) {
        if (persisted && isOfPartner(persisted)) add(persisted, 1);
      },
    }),
    report,
    async close() {
      clearInterval(timer);
      await running;
      await report();
    },
  };
}

const reported = ({ operation: { listId, id }, uses }: Use) => ({ listId, operationId: id, uses });
