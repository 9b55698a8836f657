// The part of the policy file that says what is expensive; compiled from @cost and @listSize.
import { z } from "zod";

const weight = z.int().min(0);

const listSize = z.strictObject({
  /** Elements where no argument tells. */
  assumedSize: z.int().min(0).optional(),
  /** Arguments that tell how many: names, or paths into inputs. */
  slicingArguments: z.array(z.array(z.string()).min(1)).optional(),
  /** Lists in what the field returns that have this size: names of fields, from outside in. */
  sizedFields: z.array(z.array(z.string()).min(1)).optional(),
});

export const costManifest = z.strictObject({
  /** By schema coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`. */
  weights: z.record(z.string(), weight),
  /** By `Type.field`. */
  lists: z.record(z.string(), listSize),
});

export type CostManifest = z.infer<typeof costManifest>;
export type ListSize = z.infer<typeof listSize>;
