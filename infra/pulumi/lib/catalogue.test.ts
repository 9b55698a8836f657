import { describe, expect, it } from "vitest";
import { gateway, services } from "../../../services.ts";
import { catalogue, heapOf, isFargateSize, sizeFor } from "./catalogue.ts";

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

  it("gives no task less memory than its heap may take, however small a stack's own size is", () => {
    const own = { cpu: 256, memory: 512 };
    for (const service of catalogue) {
      for (const size of [sizeFor(service), sizeFor(service, own)]) {
        expect(isFargateSize(size), service.name).toBe(true);
        expect(size.memory, service.name).toBeGreaterThan(heapOf(service.command));
      }
    }
    const command = ["--max-semi-space-size=64", "--max-old-space-size=768", "main.ts"];
    expect(heapOf(command)).toBe(960);
    expect(sizeFor({ command, size: { cpu: 1024, memory: 2048 } }, own)).toEqual({ cpu: 256, memory: 2048 });
    expect(sizeFor({ command: ["main.ts"], size: { cpu: 512, memory: 1024 } }, own)).toEqual(own);
    // Another container takes its part, too.
    const half = { command: ["--max-old-space-size=700", "main.ts"], size: { cpu: 512, memory: 1024 } };
    expect(sizeFor(half, own)).toEqual({ cpu: 256, memory: 1024 });
    expect(sizeFor(half, own, 128)).toEqual({ cpu: 256, memory: 2048 });
  });
});
