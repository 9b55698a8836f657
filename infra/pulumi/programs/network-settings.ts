// Settings that every program with a network of its own has.
import { z } from "zod";
import { planSubnets } from "../components/network-plan.ts";

const isNetwork = (cidr: string) => {
  try {
    return planSubnets(cidr, 1).length === 1;
  } catch {
    return false;
  }
};

/** The numbers of days that CloudWatch Logs knows. */
const retentions = [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export const networkSettings = {
  cidr: z.string().refine(isNetwork, "a block of /16 to /23 that begins at a multiple of its size"),
  /** Two at least, everywhere (AWS-3); all regions have three. */
  zones: z
    .int()
    .min(2)
    .max(3)
    .transform((count) => count as 2 | 3),
  logRetentionDays: z.int().refine((days) => retentions.includes(days), "30, 60, 90 … as CloudWatch Logs has them"),
};

/** Who is told of alarms. */
export const receivers = z.array(
  z.union([z.email(), z.url({ protocol: /^https$/ })], "a mail address, or https://… of a pager or chat"),
);
