import { describe, expect, it } from "vitest";
import { gateway, services } from "../../../services.ts";
import { catalogue, isFargateSize } from "./catalogue.ts";

describe("catalogue", () => {
  it("holds every service once, and only the gateway is reached from outside", () => {
    expect(catalogue.map(({ name }) => name).sort()).toEqual(services.map(({ name }) => name).sort());
    expect(catalogue.filter(({ isPublic }) => isPublic).map(({ name }) => name)).toEqual([gateway.name]);
  });

  it("gives no secret as text and no file of a development machine", () => {
    for (const { name, settings, secrets } of catalogue) {
      expect(
        settings.filter((variable) => /URI|PASSWORD|TOKEN|_KEYS$|PRIVATE|_FILE$/.test(variable)),
        name,
      ).toEqual([]);
      expect(secrets, name).toContain("INTERNAL_SIGNING_KEYS");
    }
  });

  it("asks for tasks of sizes that Fargate has", () => {
    expect(catalogue.filter(({ size }) => !isFargateSize(size))).toEqual([]);
    expect(isFargateSize({ cpu: 256, memory: 4096 })).toBe(false);
    expect(isFargateSize({ cpu: 256, memory: 1536 })).toBe(false);
    expect(isFargateSize({ cpu: 300, memory: 1024 })).toBe(false);
  });
});
