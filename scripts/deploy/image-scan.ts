// What the registry's scan found in an image. A critical finding stops a release, unless somebody has looked at it.
import { DescribeImageScanFindingsCommand, type DescribeImageScanFindingsCommandOutput } from "@aws-sdk/client-ecr";
import { ReleaseError } from "./failure.ts";
import { type Registry } from "./image.ts";
import { type Patience, waitFor } from "./patience.ts";

/** Scans of the basic kind end COMPLETE; those of Inspector stay ACTIVE and go on looking. */
const over = ["COMPLETE", "ACTIVE"];
const without = ["UNSUPPORTED_IMAGE", "FAILED", "SCAN_ELIGIBILITY_EXPIRED", "FINDINGS_UNAVAILABLE", "IMAGE_ARCHIVED"];

/**
 * Waits for the scan and judges it.
 * @param accepted names of findings (CVE-…) that do not count, and ends of the scan (SCAN_ELIGIBILITY_EXPIRED) that do
 * @throws ReleaseError where there are critical ones, or no scan
 */
export async function assertScanned(
  registry: Registry,
  digest: string,
  accepted: string[],
  patience: Patience,
): Promise<void> {
  const first = await waitFor(patience, "the scan of the image", async () => {
    const page = await findings(registry, digest);
    const status = page?.imageScanStatus?.status ?? "PENDING";
    const isAccepted = accepted.includes(status);
    if (without.includes(status) && !isAccepted) {
      throw new ReleaseError(
        "notStarted",
        `The scan of ${digest} ended ${status}: nobody knows what is in the image. Build it anew, or say --accept ${status} ` +
          "where it must be this one, such as the image that runs, for a change of settings.\nNothing was touched.",
      );
    }
    return page && (over.includes(status) || isAccepted) ? page : undefined;
  });
  const critical = new Set<string>();
  for (let page: DescribeImageScanFindingsCommandOutput | undefined = first; page;) {
    for (const name of criticalOf(page)) critical.add(name);
    page = page.nextToken === undefined ? undefined : await findings(registry, digest, page.nextToken);
  }
  const counts = Object.entries(first.imageScanFindings?.findingSeverityCounts ?? {});
  registry.say(
    `scan: ${counts.map(([severity, count]) => `${count} ${severity.toLowerCase()}`).join(", ") || "nothing found"}`,
  );
  const open = [...critical].filter((name) => !accepted.includes(name));
  if (open.length === 0) return;
  throw new ReleaseError(
    "notStarted",
    `The image has critical findings: ${open.join(", ")}. Rebuild it, or say --accept <finding> for each that was looked at.\n` +
      "Nothing was touched.",
  );
}

async function findings({ ecr, repository }: Registry, imageDigest: string, nextToken?: string) {
  const repositoryName = repository.slice(repository.indexOf("/") + 1);
  try {
    return await ecr.send(
      new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest }, nextToken, maxResults: 1000 }),
    );
  } catch (error) {
    // Right after a push there is no scan yet.
    if ((error as Error).name === "ScanNotFoundException") return undefined;
    throw error;
  }
}

function criticalOf({ imageScanFindings }: DescribeImageScanFindingsCommandOutput): string[] {
  const basic = imageScanFindings?.findings ?? [];
  const enhanced = imageScanFindings?.enhancedFindings ?? [];
  return [
    ...basic.filter(({ severity }) => severity === "CRITICAL").map(({ name = "unnamed" }) => name),
    ...enhanced
      .filter(({ severity }) => severity === "CRITICAL")
      .map(
        ({ packageVulnerabilityDetails, title = "unnamed" }) => packageVulnerabilityDetails?.vulnerabilityId ?? title,
      ),
  ];
}
