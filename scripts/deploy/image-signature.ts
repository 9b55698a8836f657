// Whether the registry has signed an image (AWS Signer). It does so by itself when one is pushed, and needs a moment for it.
import { DescribeImageSigningStatusCommand } from "@aws-sdk/client-ecr";
import { ReleaseError } from "./failure.ts";
import { nameOf, type Registry } from "./image.ts";
import { type Patience, waitFor } from "./patience.ts";

/** @throws ReleaseError where a signature failed, or none comes: what was pushed before the registry signed never gets one */
export async function assertSigned(registry: Registry, digest: string, patience: Patience): Promise<void> {
  const { ecr, repository, say } = registry;
  const id = { repositoryName: nameOf(repository), imageId: { imageDigest: digest } };
  await waitFor(patience, "the signature of the image", async () => {
    const { signingStatuses = [] } = await ecr.send(new DescribeImageSigningStatusCommand(id));
    const failed = signingStatuses.find(({ status }) => status === "FAILED");
    if (failed) {
      const why = [failed.failureCode, failed.failureReason].filter(Boolean).join(": ");
      throw new ReleaseError("notStarted", `${digest} was not signed (${why}).\nNothing was touched.`);
    }
    return signingStatuses.length > 0 && signingStatuses.every(({ status }) => status === "COMPLETE")
      ? true
      : undefined;
  });
  say(`signature: ${digest} is signed`);
}
