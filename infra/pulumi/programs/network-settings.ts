// Settings that every program with a network of its own has.
import { z } from "zod";
import { planSubnets } from "../components/network-plan.ts";
import { type Region, zonesOf } from "../lib/regions.ts";

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
  avoidZone: z.enum(["", "a", "b", "c", "d", "e", "f"]),
  /** Two at least, everywhere (AWS-3); all regions have three. */
  zones: z
    .int()
    .min(2)
    .max(3)
    .transform((count) => count as 2 | 3),
  logRetentionDays: z.int().refine((days) => retentions.includes(days), "30, 60, 90 … as CloudWatch Logs has them"),
};

/** What to say where a region has too few zones without the avoided one. */
export const zonesWrong = (given: { region: Region; zones: 2 | 3; avoidZone: string }): string | false =>
  zonesOf(given.region, given.zones, given.avoidZone).length < given.zones &&
  `${given.region} has no ${given.zones} zones without ${given.avoidZone}`;

/** What to say of a second region that cannot be one. */
export const secondRegionWrong = (second: Region | "", home: Region): string | false =>
  (second === home && "another region than the first") ||
  // Wherever home is, topics and key of the edge's alarms lie there, by the names that those of a second region have.
  (second === "us-east-1" && "another one than us-east-1, where what belongs to CloudFront lies");

/** Who is told of alarms. */
export const receivers = z.array(
  z.union([z.email(), z.url({ protocol: /^https$/ })], "a mail address, or https://… of a pager or chat"),
);
