// Types that generated code binds to the graph's connections.
import { type Connection } from "@tradegraph/kit/pagination";
import { type ReviewDocument } from "./models/review.ts";

export type ReviewPage = Connection<ReviewDocument>;
