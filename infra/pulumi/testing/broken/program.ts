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
  const here = `${shortName(type)} ${name}`;
  for (const { adds } of chosen) {
    // Its provider is that of the one beside it, which it has from its parent where not by itself.
    if (adds?.beside === here)
      adds.make({ parent: opts.parent, provider: (opts as pulumi.CustomResourceOptions).provider });
  }
  const mine = chosen.filter(({ resource }) => resource === here);
  if (mine.length === 0) return undefined;
  const before = props as Record<string, unknown>;
  return {
    props: mine.reduce((changed, { inputs }) => ({ ...changed, ...inputs?.(changed) }), before),
    opts: mine.reduce((changed, { options }) => ({ ...changed, ...options }), opts),
  };
});

await import(config.require("program"));
