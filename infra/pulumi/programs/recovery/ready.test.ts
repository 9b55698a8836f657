// What the program looks at in the outputs of those before it, and what it says where something is missing.
import { describe, expect, it } from "vitest";
import { type ApplicationOutputs } from "../../lib/application-outputs.ts";
import { type FoundationOutputs } from "../../lib/foundation-outputs.ts";
import { examined } from "./ready.ts";
import { type Settings } from "./settings.ts";

describe("what recovery finds", () => {
  const given = { region: "us-west-2", homeRegion: "us-east-1", cidr: "10.10.0.0/16", databaseVersion: "8.0.0" };
  const data = {
    network: { vpcCidr: "10.0.0.0/16" },
    database: { users: "iam", version: "8.0.0", globalClusterId: "world", clusterArn: "arn:cluster" },
    secrets: { MAIL_URL: "arn:aws:secretsmanager:us-east-1:333333333333:secret:tradegraph-prod/MAIL_URL-AbCdEf" },
    recovery: { region: "us-west-2", keyArn: "arn:key", fieldsKeyArn: "arn:fields" },
  };
  const programs = {
    cluster: "graph",
    services: {},
    surroundings: { region: "us-east-1" },
    recovery: { region: "us-west-2", repositoryUrl: "registry/app" },
    image: "sha256:1",
  };
  const look = (changed: { given?: object; data?: object; programs?: object } = {}) =>
    examined(
      { ...given, ...changed.given } as unknown as Settings,
      { ...data, ...changed.data } as unknown as FoundationOutputs,
      { ...programs, ...changed.programs } as unknown as ApplicationOutputs,
    );

  it("is the copy of each secret, by the name AWS gives it", () => {
    expect(look().secrets["MAIL_URL"]).toBe(
      "arn:aws:secretsmanager:us-west-2:333333333333:secret:tradegraph-prod/MAIL_URL-AbCdEf",
    );
  });

  it.each([
    ["no copies", { data: { recovery: null } }, "must have recoveryRegion us-west-2"],
    ["no images there", { programs: { recovery: null } }, "must have recoveryRegion us-west-2"],
    ["copies elsewhere", { given: { region: "eu-west-1" } }, "must have recoveryRegion eu-west-1"],
    ["the home region itself", { given: { region: "us-east-1" } }, "another one than the first"],
    ["addresses of home", { given: { cidr: "10.0.64.0/20" } }, "has addresses of foundation's 10.0.0.0/16"],
    ["another version", { given: { databaseVersion: "5.0.0" } }, "databaseVersion must be foundation's 8.0.0"],
    ["no global database", { data: { database: { users: "iam", version: "8.0.0" } } }, "set databaseGlobal"],
    ["passwords", { data: { database: { ...data.database, users: "password" } } }, "databaseUsers: iam"],
    ["no image", { programs: { image: "" } }, "application has no image yet"],
  ])("stops with a word on what to do where there are %s", (_, changed, message) => {
    expect(() => look(changed)).toThrow(message);
  });
});
