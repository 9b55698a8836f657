// Stands in front of a real program in tests: what the program registers, is registered with some of its security properties
// broken. The program itself knows nothing of it. Settings: tradegraph-broken:program, tradegraph-broken:breaks (their places
// in breaks.ts).
import * as pulumi from "@pulumi/pulumi";
import { shortName } from "../aws-stub/facts-of.ts";
import { breaks } from "./breaks.ts";

const config = new pulumi.Config("tradegraph-broken");
const chosen = config.requireObject<number[]>("breaks").flatMap((index) => breaks[index] ?? []);

pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
  if (!type.startsWith("aws:")) return undefined;
  const mine = chosen.filter(({ resource }) => resource === `${shortName(type)} ${name}`);
  if (mine.length === 0) return undefined;
  const before = props as Record<string, unknown>;
  return {
    props: mine.reduce((changed, { inputs }) => ({ ...changed, ...inputs?.(changed) }), before),
    opts: mine.reduce((changed, { options }) => ({ ...changed, ...options }), opts),
  };
});

await import(config.require("program"));
