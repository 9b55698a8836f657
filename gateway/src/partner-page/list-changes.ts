// The change log of a partner: what each activation and each end of a version changed in what the partner may send.

/** A version of the operations, without texts. */
export interface OperationVersion {
  id: string;
  name: string;
  /** ISO 8601; null for one that does not count yet. */
  activatedAt: string | null;
  retiredAt: string | null;
  operations: { operationId: string; name: string; textHash: string }[];
}

export interface ListChange {
  /** Of the version. */
  name: string;
  event: "pending" | "activated" | "retired";
  /** ISO 8601; null for one that does not count yet, which tells what its activation would change now. */
  at: string | null;
  /** Names of operations, beside what the partner could send just before. */
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
}

interface Event extends Pick<ListChange, "event"> {
  version: OperationVersion;
  at: string;
}

/** Earliest first; a version that follows another in the same moment is active before the other ends. */
function eventsOf(versions: readonly OperationVersion[]): Event[] {
  const of = (event: "activated" | "retired", time: "activatedAt" | "retiredAt") =>
    versions.toReversed().flatMap((version): Event[] => {
      const at = version.activatedAt === null ? null : version[time];
      return at === null ? [] : [{ version, event, at }];
    });
  const events = [...of("activated", "activatedAt"), ...of("retired", "retiredAt")];
  return events.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/**
 * By name, what tells operations of that name from others.
 *
 * @param active in the order of their activation: of operations with one id the last one counts
 */
function contentOf(active: readonly OperationVersion[]): Map<string, string> {
  const byId = new Map(active.flatMap(({ operations }) => operations.map((one) => [one.operationId, one] as const)));
  const content = new Map<string, string[]>();
  for (const { operationId, name, textHash } of byId.values())
    content.set(name, [...(content.get(name) ?? []), `${operationId} ${textHash}`].sort());
  return new Map([...content].map(([name, all]) => [name, all.join("\n")]));
}

function differences(active: readonly OperationVersion[], then: readonly OperationVersion[]) {
  const [before, after] = [contentOf(active), contentOf(then)];
  const names = [...after.keys()];
  return {
    added: names.filter((one) => !before.has(one)),
    changed: names.filter((one) => before.has(one) && before.get(one) !== after.get(one)),
    removed: [...before.keys()].filter((one) => !after.has(one)),
  };
}

/** @param versions the latest first. @returns pending ones in this order, then what happened, the latest first */
export function listChanges(versions: readonly OperationVersion[]): ListChange[] {
  let active: OperationVersion[] = [];
  const happened = eventsOf(versions).map(({ version, event, at }): ListChange => {
    const before = active;
    active = event === "activated" ? [...active, version] : active.filter((one) => one !== version);
    return { name: version.name, event, at, ...differences(before, active) };
  });
  const pending = versions.filter(({ activatedAt }) => activatedAt === null);
  return [
    ...pending.map((version): ListChange => ({
      ...{ name: version.name, event: "pending", at: null },
      ...differences(active, [...active, version]),
    })),
    ...happened.reverse(),
  ];
}
