import * as pulumi from "@pulumi/pulumi";
import { type Surroundings } from "../../lib/task-environment.ts";
import { type Around } from "./around.ts";

/** What programs are told about where they run. The second region tells the same, but for what lies in a region. */
export const surroundingsOf = ({
  stack,
  given,
  foundation: { database, keys },
  distribution,
}: Pick<Around, "stack" | "given" | "foundation" | "distribution">): pulumi.Output<Surroundings> =>
  pulumi.all([database, keys.fields, distribution.id]).apply(([known, fieldsKeyArn, distributionId]) => ({
    ...given,
    stack,
    database: known,
    fieldsKeyArn,
    distributionId,
  }));
