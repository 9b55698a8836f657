// The four steps that Secrets Manager asks for, each of which may come again (User Guide, "Lambda rotation functions").
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { type SecretKind } from "./kinds.ts";

export interface RotationEvent {
  SecretId: string;
  /** Id of the version that is being made. */
  ClientRequestToken: string;
  Step: string;
}

/** What was done; for the log. */
export type Outcome = "created" | "brought" | "tested" | "finished" | "nothing to do";

type Sender = Pick<SecretsManagerClient, "send">;

/** Undefined where there is no such version, or one that is still empty. */
async function valueOf(client: Sender, SecretId: string, stage: string, version?: string) {
  const wanted = { SecretId, VersionStage: stage, ...(version === undefined ? {} : { VersionId: version }) };
  try {
    return (await client.send(new GetSecretValueCommand(wanted))).SecretString;
  } catch (error) {
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** @throws where the step is none, the secret has no value to start from, or AWS or the thing itself refuses */
export async function rotate(client: Sender, kind: SecretKind, event: RotationEvent): Promise<Outcome> {
  const { SecretId, ClientRequestToken: token, Step } = event;
  const { VersionIdsToStages: versions = {}, RotationEnabled } = await client.send(
    new DescribeSecretCommand({ SecretId }),
  );
  if (RotationEnabled === false) throw new Error("rotation is off for this secret");
  const stages = versions[token];
  if (stages?.includes("AWSCURRENT")) return "nothing to do";
  if (!stages?.includes("AWSPENDING")) throw new Error("this version is not waiting to be rotated");
  const current = await valueOf(client, SecretId, "AWSCURRENT");
  const pending = await valueOf(client, SecretId, "AWSPENDING", token);
  if (Step === "createSecret") return create(client, kind, event, current, pending);
  if (Step === "setSecret") {
    if (current === undefined || pending === undefined) throw new Error("there is nothing to bring anywhere");
    await kind.bring?.(current, pending);
    return "brought";
  }
  if (Step === "testSecret") {
    // Secrets Manager tries this step alone when rotation is switched on: there may be no value yet.
    const value = pending ?? current;
    if (value === undefined) return "nothing to do";
    await kind.test(value);
    return "tested";
  }
  if (Step === "finishSecret") {
    if (pending === undefined) throw new Error("there is no value that could become the current one");
    const before = Object.keys(versions).find((version) => versions[version]?.includes("AWSCURRENT"));
    await client.send(
      new UpdateSecretVersionStageCommand({
        ...{ SecretId, VersionStage: "AWSCURRENT", MoveToVersionId: token },
        ...(before === undefined ? {} : { RemoveFromVersionId: before }),
      }),
    );
    return "finished";
  }
  throw new Error(`there is no step ${Step}`);
}

async function create(
  client: Sender,
  kind: SecretKind,
  { SecretId, ClientRequestToken }: RotationEvent,
  current: string | undefined,
  pending: string | undefined,
): Promise<Outcome> {
  // A second value would make the first one wrong that may already be where it counts.
  if (pending !== undefined) return "nothing to do";
  if (current === undefined) throw new Error("a person has to fill this secret first");
  const SecretString = kind.next(current, ClientRequestToken);
  try {
    await client.send(
      new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages: ["AWSPENDING"] }),
    );
  } catch (error) {
    // Somebody was faster with the same token; his value counts.
    if (error instanceof Error && error.name === "ResourceExistsException") return "nothing to do";
    throw error;
  }
  return "created";
}
