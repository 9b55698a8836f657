import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLease } from "../src/lease.ts";
import { createEventDatabase, type EventDatabase } from "./event-database.ts";

let database: EventDatabase;
let time: number;

beforeAll(async () => {
  database = await createEventDatabase();
});
afterAll(() => database.resources[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.empty();
  time = 0;
});

const runner = () => createLease({ db: database.db, name: "work", silenceMs: 100, now: () => time });

describe("a lease", () => {
  it("is had by one of twenty who ask at once", async () => {
    const held = await Promise.all(Array.from({ length: 20 }, () => runner().hold()));
    expect(held.filter(Boolean)).toHaveLength(1);
  });

  it("stays with a leader who beats, however long others wait", async () => {
    const [leader, waiting] = [runner(), runner()];
    expect(await leader.hold()).toBe(true);
    for (let round = 0; round < 20; round += 1) {
      time += 50;
      expect(await leader.hold()).toBe(true);
      expect(await waiting.hold()).toBe(false);
    }
  });

  it("goes to one of those who wait when the leader is silent for long enough by their own watch", async () => {
    const [leader, one, other] = [runner(), runner(), runner()];
    await leader.hold();
    expect(await Promise.all([one.hold(), other.hold()])).toEqual([false, false]);
    time += 99;
    expect(await Promise.all([one.hold(), other.hold()])).toEqual([false, false]);
    time += 1;
    expect((await Promise.all([one.hold(), other.hold()])).filter(Boolean)).toHaveLength(1);
  });

  it("tells a leader who was frozen that another leads by now", async () => {
    const [frozen, next] = [runner(), runner()];
    await frozen.hold();
    await next.hold();
    time += 100;
    expect(await next.hold()).toBe(true);
    expect(await frozen.confirm()).toBe(false);
    expect(await frozen.hold()).toBe(false);
    expect(await next.confirm()).toBe(true);
  });

  it("is free at once when its leader gives it up", async () => {
    const [leader, next] = [runner(), runner()];
    await leader.hold();
    await leader.release();
    expect(await next.hold()).toBe(true);
    expect(await leader.hold()).toBe(false);
  });

  it("is not given up by somebody who has lost it", async () => {
    const [frozen, next, third] = [runner(), runner(), runner()];
    await frozen.hold();
    await next.hold();
    time += 100;
    await next.hold();
    await frozen.release();
    expect(await third.hold()).toBe(false);
    expect(await next.confirm()).toBe(true);
  });
});
