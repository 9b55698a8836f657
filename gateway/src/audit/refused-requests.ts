// Callers whom nobody knows: bad, expired and forged credentials, and tenants that disagree. Equal ones are counted, so
// that a flood of them fills nothing.
import { randomUUID } from "node:crypto";
import { type Collapsed, createCollapser } from "@tradegraph/kit/collapse";
import { PublicError } from "@tradegraph/kit/errors";
import { networkOf } from "@tradegraph/kit/networks";
import { platformTenant } from "@tradegraph/kit/viewer";
import { keyRefusalOf } from "../api-key.ts";
import { type AddressOf, type Caller } from "../client-address.ts";
import { type TenantRules, tenantOf } from "../tenant.ts";
import { tokenRefusalOf } from "../token-refusal.ts";
import { type Identify } from "../viewer.ts";
import { type AuditRecord, type KeepRecord } from "./record.ts";

const periodMs = 10_000;

/** What of a caller's fault; a users that does not answer is none. */
const faults = new Set(["UNAUTHENTICATED", "FORBIDDEN", "BAD_USER_INPUT"]);

export interface RefusedRequests {
  /** The same, with refusals on record. */
  watch: (identify: Identify) => Identify;
  /** Writes down what was counted. */
  flush: () => void;
}

type Refused = Omit<AuditRecord, "eventId" | "category" | "outcome" | "at" | "count">;

const keyOf = ({ address, ...refused }: Refused) => [networkOf(address), ...Object.values(refused)].join(" ");

/** From too many places to name: only what happened, and where. */
function beyond({ tenantId, action, code }: Refused): [string, Refused] {
  const told = { tenantId, action, role: "anonymous", ...(code !== undefined && { code }) };
  return [Object.values(told).join(" "), told];
}

export function recordRefusals(options: {
  keep: KeepRecord;
  addressOf: AddressOf;
  tenants: TenantRules;
  periodMs?: number;
}): RefusedRequests {
  const { keep, addressOf, tenants } = options;
  const write = ({ value, count }: Collapsed<Refused>) => {
    void keep({
      ...{ eventId: randomUUID(), category: "SECURITY", outcome: "REFUSED" },
      ...{ at: new Date().toISOString(), ...value, count },
    });
  };
  const collapser = createCollapser<Refused>(options.periodMs ?? periodMs, write, beyond);

  /** The shop that was called, as far as that can be told without believing the credentials. */
  const tenantIn = ({ headers }: Caller) => {
    try {
      return tenantOf(tenants, headers);
    } catch {
      return platformTenant;
    }
  };

  /** A token tells why it was refused, and whose it is once that is certain; its sender is not told as much. */
  const refusedBy = (error: unknown, code: string) => {
    const { reason = code, holder = { role: "anonymous" } } = tokenRefusalOf(error) ?? {};
    return byKey(error) ?? { action: "request.refused", ...holder, code: reason };
  };

  /** The same for a key. */
  const byKey = (error: unknown) => {
    const key = keyRefusalOf(error);
    if (!key) return undefined;
    const { tenantId, partnerId } = key.identity ?? {};
    const role = partnerId === undefined ? "anonymous" : "partner";
    const named = partnerId !== undefined && tenantId !== undefined && { tenantId, partnerId };
    return { action: "apiKey.refused", role, code: `API_KEY_${key.reason.toUpperCase()}`, ...named };
  };

  const note = (caller: Caller, error: unknown): void => {
    const code = error instanceof PublicError ? String(error.extensions.code) : "";
    if (!faults.has(code)) return;
    const refused = { ...refusedBy(error, code), address: addressOf(caller) };
    const whole = { tenantId: tenantIn(caller), ...refused };
    collapser.add(keyOf(whole), whole);
  };

  return {
    watch: (identify) => (caller) => {
      let viewer: ReturnType<Identify>;
      try {
        viewer = identify(caller);
      } catch (error) {
        note(caller, error);
        throw error;
      }
      if (!(viewer instanceof Promise)) return viewer;
      return viewer.catch((error: unknown) => {
        note(caller, error);
        throw error;
      });
    },
    flush: collapser.flush,
  };
}
