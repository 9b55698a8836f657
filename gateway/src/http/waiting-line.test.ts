import process from "node:process";
import { expect, it, onTestFinished } from "vitest";
import { createWaitingLine } from "./waiting-line.ts";

const turn = () => Promise.withResolvers<void>();

it("does all that waits for a promise in order, and nothing before it is done", async () => {
  const wait = createWaitingLine();
  const done: string[] = [];
  const { promise, resolve } = turn();
  for (const name of ["a", "b", "c"]) wait(promise, () => done.push(name));
  await new Promise(setImmediate);
  expect(done).toEqual([]);
  resolve();
  await promise;
  expect(done).toEqual(["a", "b", "c"]);
});

it("keeps those apart who wait for different promises, in whatever order these are done", async () => {
  const wait = createWaitingLine();
  const done: string[] = [];
  const [first, second] = [turn(), turn()];
  wait(first.promise, () => done.push("a"));
  wait(second.promise, () => done.push("b"));
  wait(first.promise, () => done.push("c"));
  second.resolve();
  await second.promise;
  expect(done).toEqual(["b"]);
  first.resolve();
  await first.promise;
  await new Promise(setImmediate);
  expect(done.toSorted()).toEqual(["a", "b", "c"]);
});

it("does the rest when one of them throws, which is told as uncaught", async () => {
  const wait = createWaitingLine();
  const done: string[] = [];
  const uncaught: unknown[] = [];
  const listeners = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", (error) => uncaught.push(error));
  onTestFinished(() => {
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  });
  const { promise, resolve } = turn();
  wait(promise, () => {
    throw new Error("a");
  });
  wait(promise, () => done.push("b"));
  resolve();
  await new Promise(setImmediate);
  expect(done).toEqual(["b"]);
  expect(uncaught).toEqual([new Error("a")]);
});

it("takes who comes late, while it works and after that", async () => {
  const wait = createWaitingLine();
  const done: string[] = [];
  const { promise, resolve } = turn();
  wait(promise, () => {
    done.push("a");
    wait(promise, () => done.push("b"));
  });
  resolve();
  await new Promise(setImmediate);
  wait(promise, () => done.push("c"));
  await new Promise(setImmediate);
  expect(done).toEqual(["a", "b", "c"]);
});
