// Pushing an archive and judging its scan, with an ECR that answers from a table and a skopeo that writes down what it is told.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ECRClient } from "@aws-sdk/client-ecr";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readEnv } from "./env.ts";
import { assertScanned } from "./image-scan.ts";
import { assertSigned } from "./image-signature.ts";
import { pushArchive } from "./image.ts";

const digest = `sha256:${"d".repeat(64)}`;
const repository = "1.dkr.ecr.us-east-1.amazonaws.com/tradegraph-dev-app";
const patience = { pollMs: 1, waitMs: 500 };
const refusal = (name: string) => Object.assign(new Error(name), { name });

interface World {
  digests?: string[];
  tags?: string[];
  scans?: (object | Error)[];
  signatures?: object[][];
}

function registryWith({ digests = [], tags = [], scans = [], signatures = [] }: World) {
  let turn = 0;
  const answers: Record<string, (input: { imageIds?: { imageDigest?: string; imageTag?: string }[] }) => object> = {
    DescribeImagesCommand: ({ imageIds: [id] = [] }) => {
      if (!digests.includes(id?.imageDigest ?? "") && !tags.includes(id?.imageTag ?? "")) {
        throw refusal("ImageNotFoundException");
      }
      return { imageDetails: [{ imageDigest: id?.imageDigest ?? "another" }] };
    },
    GetAuthorizationTokenCommand: () => ({
      authorizationData: [{ authorizationToken: Buffer.from("AWS:secret-password").toString("base64") }],
    }),
    DescribeImageSigningStatusCommand: () => ({
      signingStatuses: signatures[Math.min(turn++, signatures.length - 1)],
    }),
    DescribeImageScanFindingsCommand: () => {
      const scan = scans[Math.min(turn++, scans.length - 1)];
      if (scan instanceof Error) throw scan;
      return scan ?? {};
    },
  };
  const ecr = new ECRClient({ region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
  ecr.send = (async (command: { constructor: { name: string }; input: object }) =>
    answers[command.constructor.name]?.(command.input)) as unknown as typeof ecr.send;
  const said: string[] = [];
  return { registry: { ecr, repository, say: (line: string) => void said.push(line) }, said };
}

describe("an image's archive", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tradegraph-archive-"));
    writeFileSync(join(folder, "skopeo"), `#!/bin/sh\necho "$*" > '${folder}/told'\ncat "$5" > '${folder}/auth'\n`);
    chmodSync(join(folder, "skopeo"), 0o755);
    vi.stubEnv("PATH", [folder, readEnv().PATH].join(delimiter));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const archive = (...digests: string[]) => {
    writeFileSync(join(folder, "index.json"), JSON.stringify({ manifests: digests.map((one) => ({ digest: one })) }));
    const path = join(folder, "image.tar");
    execFileSync("tar", ["-cf", path, "-C", folder, "index.json"]);
    return path;
  };

  it("is pushed as it is, under its commit, and the password stands on no command line", async () => {
    const path = archive(digest);
    expect(await pushArchive(registryWith({}).registry, path, "c0ffee")).toBe(digest);
    const told = readFileSync(join(folder, "told"), "utf8");
    expect(told).toContain("--preserve-digests");
    expect(told).toContain(`oci-archive:${path} docker://${repository}:c0ffee\n`);
    expect(told).not.toContain("secret-password");
    const { auths } = JSON.parse(readFileSync(join(folder, "auth"), "utf8")) as {
      auths: Record<string, { auth: string }>;
    };
    expect(Buffer.from(Object.values(auths)[0]?.auth ?? "", "base64").toString()).toBe("AWS:secret-password");
  });

  it("gets a tag of its own where the commit was built before: tags never move", async () => {
    await pushArchive(registryWith({ tags: ["c0ffee"] }).registry, archive(digest), "c0ffee");
    expect(readFileSync(join(folder, "told"), "utf8")).toContain(`${repository}:c0ffee-dddddddddddd\n`);
  });

  it("is not pushed a second time", async () => {
    rmSync(join(folder, "skopeo"));
    expect(await pushArchive(registryWith({ digests: [digest] }).registry, archive(digest), "c0ffee")).toBe(digest);
  });

  it("is refused where it is none, or more than one", async () => {
    const { registry } = registryWith({});
    await expect(pushArchive(registry, join(folder, "nothing.tar"), "c")).rejects.toThrow("is no OCI archive");
    await expect(pushArchive(registry, archive(digest, digest), "c")).rejects.toThrow("holds 2 images");
  });
});

describe("the scan of an image", () => {
  const complete = (names: string[]) => ({
    imageScanStatus: { status: "COMPLETE" },
    imageScanFindings: { findings: names.map((name) => ({ name, severity: "CRITICAL" })) },
  });
  const judge = (scans: (object | Error)[], accepted: string[] = []) =>
    assertScanned(registryWith({ scans }).registry, digest, accepted, patience);

  it("is waited for, from before it begins", async () => {
    const going = { imageScanStatus: { status: "IN_PROGRESS" } };
    await judge([refusal("ScanNotFoundException"), going, complete([])]);
  });

  it("stops critical findings, but for those that somebody has looked at", async () => {
    await expect(judge([complete(["CVE-1", "CVE-2"])])).rejects.toThrow("critical findings: CVE-1, CVE-2.");
    await expect(judge([complete(["CVE-1", "CVE-2"])], ["CVE-1"])).rejects.toThrow("critical findings: CVE-2.");
    await judge([complete(["CVE-1"])], ["CVE-1"]);
  });

  it("reads Inspector's findings, on every page", async () => {
    const inspector = {
      imageScanStatus: { status: "ACTIVE" },
      nextToken: "more",
      imageScanFindings: { enhancedFindings: [{ severity: "HIGH", title: "not this" }] },
    };
    const second = {
      imageScanFindings: {
        enhancedFindings: [{ severity: "CRITICAL", packageVulnerabilityDetails: { vulnerabilityId: "CVE-9" } }],
      },
    };
    await expect(judge([inspector, second])).rejects.toThrow("critical findings: CVE-9.");
  });

  it("is taken as it is for an image too old to be scanned, where somebody says so", async () => {
    const expired = { imageScanStatus: { status: "SCAN_ELIGIBILITY_EXPIRED" } };
    await expect(judge([expired])).rejects.toThrow("--accept SCAN_ELIGIBILITY_EXPIRED");
    await judge([expired], ["SCAN_ELIGIBILITY_EXPIRED"]);
  });

  it("is no yes where there was none", async () => {
    await expect(judge([{ imageScanStatus: { status: "UNSUPPORTED_IMAGE" } }])).rejects.toThrow("nobody knows");
    await expect(judge([refusal("ScanNotFoundException")])).rejects.toThrow("has come to no end");
  });
});

describe("the signature of an image", () => {
  const judge = (...signatures: object[][]) => assertSigned(registryWith({ signatures }).registry, digest, patience);

  it("is waited for, from before it begins", async () => {
    await judge([], [{ status: "IN_PROGRESS" }], [{ status: "COMPLETE" }]);
  });

  it("stops a release where it failed, says why, and where none comes", async () => {
    const denied = { status: "FAILED", failureCode: "AccessDenied", failureReason: "no signer:SignPayload" };
    await expect(judge([denied])).rejects.toMatchObject({
      ending: "notStarted",
      message: expect.stringContaining("AccessDenied: no signer:SignPayload") as string,
    });
    await expect(judge([])).rejects.toThrow("the signature of the image has come to no end");
  });
});
