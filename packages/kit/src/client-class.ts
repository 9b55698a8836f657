// Kinds of clients that get different rules: which operations they may send, how much these may cost, and how often.
import { isStaff, type Viewer } from "./viewer.ts";

/**
 * - `partner`: programs with an API key.
 * - `developer`: staff for the area "development", who may send whatever they like, by tools such as Sandbox.
 * - `app`: everybody else, signed in or not: they come through the apps of the shop.
 */
export const clientClasses = ["app", "developer", "partner"] as const;

export type ClientClass = (typeof clientClasses)[number];

/** Of a request, found once: the scope remembers it. */
export const clientClassOf = (scope: { viewer: Viewer; clientClass?: ClientClass | undefined }): ClientClass =>
  (scope.clientClass ??= classOf(scope.viewer));

function classOf(viewer: Viewer): ClientClass {
  if (viewer.role === "partner") return "partner";
  return isStaff(viewer, "development") ? "developer" : "app";
}
