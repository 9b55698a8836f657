// What a directive demands of who asks. Several demands hold together; inside one, any list that is met whole suffices.
import { type Viewer } from "@tradegraph/kit/viewer";
import { policies } from "./policies.ts";

export interface Requirement {
  /** `@authenticated`. */
  authenticated?: true | undefined;
  /** `@requiresScopes`: one of these lists, all of its scopes. */
  scopes?: string[][] | undefined;
  /** `@policy`: one of these lists, all of its policies; names are those of policies.ts. */
  policies?: string[][] | undefined;
}

const anyWhole = (lists: readonly (readonly string[])[] | undefined, holds: (name: string) => boolean) =>
  lists === undefined || lists.some((list) => list.every(holds));

/** Whether the viewer meets a requirement. An unknown policy is never met. */
export function meets(viewer: Viewer, requirement: Requirement): boolean {
  if (requirement.authenticated && viewer.role === "anonymous") return false;
  return (
    anyWhole(requirement.scopes, (scope) => viewer.scopes.includes(scope)) &&
    anyWhole(requirement.policies, (name) => policies.get(name)?.(viewer) ?? false)
  );
}

/** Names of `@policy` that nothing decides. */
export const unknownPolicies = (requirements: Iterable<Requirement>): string[] => [
  ...new Set([...requirements].flatMap((one) => one.policies?.flat() ?? []).filter((name) => !policies.has(name))),
];
