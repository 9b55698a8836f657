// Where the operations of partners come from, as the step that resolves ids sees it.
import { type Viewer } from "@tradegraph/kit/viewer";
import { type PromiseOrValue } from "../promise-or-value.ts";
import { type OperationList } from "./operation-list.ts";

/** What partners may send; of each partner his own and nothing else. */
export interface PartnerLists {
  /**
   * Of the partner whose key was verified; at once where it is known.
   *
   * @returns undefined where the partner has no list
   * @throws PublicError SERVICE_UNAVAILABLE when nobody can tell
   */
  listOf: (viewer: Viewer) => PromiseOrValue<OperationList | undefined>;
  close: () => void;
}
