import { type Viewer } from "@tradegraph/kit/viewer";
import { type SignalKeys } from "./key-signal.ts";
import { type Models } from "./models.ts";

/** What commands on partners and their keys work with. */
export interface PartnerTools {
  models: Models;
  viewer: Viewer;
  requestId: string;
  signalKeys: SignalKeys;
}
