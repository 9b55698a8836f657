import { describe, expect, it } from "vitest";
import { ReleaseError } from "./failure.ts";
import { readOptions } from "./options.ts";

const digest = `sha256:${"a".repeat(64)}`;
const refusal = (args: string[]): string => {
  try {
    readOptions(args);
  } catch (error) {
    expect(error).toBeInstanceOf(ReleaseError);
    expect((error as ReleaseError).ending).toBe("notStarted");
    return (error as Error).message;
  }
  return "taken";
};

describe("the command line of scripts/deploy.sh", () => {
  it("takes an image, an archive, a way back or nothing", () => {
    expect(readOptions(["dev"])?.from).toBe("build");
    expect(readOptions(["staging", "--image", digest])?.from).toEqual({ digest });
    expect(readOptions(["staging", "--archive", "/tmp/image.tar"])?.from).toEqual({ archive: "/tmp/image.tar" });
    expect(readOptions(["prod", "--rollback"])?.from).toBe("rollback");
    expect(readOptions(["dev", "--platform"])?.from).toBe("platform");
    expect(readOptions(["dev", "--accept", "CVE-1", "--accept", "CVE-2"])?.accepted).toEqual(["CVE-1", "CVE-2"]);
  });

  it.each([
    ["no environment", [], "missing required argument 'environment'"],
    ["another environment", ["production"], 'There is no environment "production", only dev, staging, prod.'],
    ["two environments", ["dev", "staging"], "too many arguments"],
    ["a tag instead of a digest", ["dev", "--image", "latest"], "tags can move"],
    ["half a digest", ["dev", "--image", "sha256:abc"], "64 hexadecimal digits"],
    ["two images", ["dev", "--image", digest, "--rollback"], "Of --image and --rollback only one can be."],
    ["an unknown flag", ["dev", "--force"], "unknown option '--force'"],
    ["prod with nothing but --yes", ["prod", "--image", digest, "--yes"], "say with --approved-by who approved it"],
    ["an approval by nobody", ["prod", "--yes", "--approved-by", " "], "--approved-by needs a name."],
    ["no address", ["dev", "--smoke-url", "shop"], "Say an address"],
  ])("refuses %s before anything is touched", (_what, args, message) => {
    const said = refusal(args);
    expect(said).toContain(message);
    expect(said).toContain("Nothing was touched.");
  });
});
