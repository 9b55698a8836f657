// Component tests without an engine: records what a component registers. Shapes are not checked here; the stub provider
// does that on the real engine.
import * as pulumi from "@pulumi/pulumi";
import { type StackName } from "../lib/stack-name.ts";

export interface Made {
  /** "aws:s3/bucket:Bucket" */
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/** What was registered since `mockEngine`. */
export interface Recorded {
  all: () => Promise<Made[]>;
  /** Every resource of a kind, as "s3.Bucket". */
  ofKind: (kind: string) => Promise<Made[]>;
  /** The only resource of a kind; an error where there is none or another. */
  only: (kind: string) => Promise<Made>;
}

const short = (type: string) => type.replace(/^aws:(\w+)\/.*:(\w+)$/, "$1.$2");

/**
 * From here on resources of this process are recorded instead of made. Call it once per test, before the component.
 * @param answers outputs by kind, for what a test looks at beyond arn and id
 */
export async function mockEngine(
  stack: StackName = "dev",
  answers: Record<string, (made: Made) => Record<string, unknown>> = {},
): Promise<Recorded> {
  const made: Made[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        const resource = { type, name, inputs: inputs as Made["inputs"] };
        made.push(resource);
        const arn = `arn:aws:${type.split(":")[1]?.split("/")[0]}:us-east-1:111111111111:${name}`;
        return { id: id || `${name}-id`, state: { arn, ...inputs, ...answers[short(type)]?.(resource) } };
      },
      call: ({ token }) => {
        throw new Error(`this test has no answer for ${token}`);
      },
    },
    "tradegraph-test",
    stack,
    false,
    "organization",
  );
  const all = async () => {
    // Waits for every registration, those made in answers to others included.
    await pulumi.runtime.disconnect();
    return made;
  };
  const ofKind = async (kind: string) => (await all()).filter(({ type }) => short(type) === kind);
  const only = async (kind: string) => {
    const found = await ofKind(kind);
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources of kind ${kind}, not one`);
    return found[0];
  };
  return { all, ofKind, only };
}
