// The change log of a partner: what each version of its operations has that the one before had not.

/** A version of the operations, without texts. */
export interface OperationVersion {
  id: string;
  name: string;
  /** ISO 8601; null for one that does not count yet. */
  activatedAt: string | null;
  retiredAt: string | null;
  operations: { operationId: string; name: string; textHash: string }[];
}

export interface ListChange extends Pick<OperationVersion, "name" | "activatedAt" | "retiredAt"> {
  /** Names of operations, beside the version that was activated before. */
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
}

/** By name, what tells an operation from another of the same name. */
function contentOf({ operations }: OperationVersion): Map<string, string> {
  const content = new Map<string, string>();
  for (const { operationId, name, textHash } of operations)
    content.set(name, `${content.get(name) ?? ""} ${operationId} ${textHash}`);
  return content;
}

/** @param versions the latest first. @returns the same order */
export function listChanges(versions: readonly OperationVersion[]): ListChange[] {
  const contents = versions.map(contentOf);
  return versions.map(({ name, activatedAt, retiredAt }, index) => {
    const earlier = versions.findIndex((one, at) => at > index && one.activatedAt !== null);
    const [now, before] = [
      contents[index] ?? new Map<string, string>(),
      contents[earlier] ?? new Map<string, string>(),
    ];
    const names = [...now.keys()];
    return {
      ...{ name, activatedAt, retiredAt },
      added: names.filter((one) => !before.has(one)),
      changed: names.filter((one) => before.has(one) && before.get(one) !== now.get(one)),
      removed: [...before.keys()].filter((one) => !now.has(one)),
    };
  });
}
