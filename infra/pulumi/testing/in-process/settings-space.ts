// Generators of settings, derived from what settings.ts of a program allows: a new setting is tried with all its values
// without a line here, unless its rule is one that no generator can guess (a refinement); those are listed in `told`.
import fc from "fast-check";
import { z } from "zod";
import { regions } from "../../lib/regions.ts";
import { allowedBy, type Config } from "./declared-settings.ts";

const days = (...numbers: number[]) => fc.constantFrom(...numbers);
const digest = fc.constantFrom("", `sha256:${"1".repeat(64)}`, `sha256:${"ab".repeat(32)}`);
const receivers = fc.uniqueArray(fc.constantFrom("a@shop.example", "b@shop.example", "https://pager.example/hook"), {
  maxLength: 3,
});
const hosts = ["api.shop.example", "graph.eu.shop.example", "a-b.c0.example"];

/** Settings whose rule says less than AWS does (hosts, classes of nodes), or is hidden in a function (a network, CPU sizes). */
const told: Record<string, fc.Arbitrary<unknown>> = {
  account: fc.constantFrom("111111111111", "012345678901"),
  owner: fc.constantFrom("platform", "team-shop", "people@shop.example"),
  region: fc.constantFrom(...regions),
  cidr: fc
    .record({
      first: fc.constantFrom("10", "172.16", "192.168"),
      bits: fc.integer({ min: 16, max: 23 }),
      at: fc.nat(255),
    })
    .map(({ first, bits, at }) => networkOf(first, bits, at)),
  databaseCidr: fc.constantFrom("", "192.168.248.0/21"),
  databaseClass: fc.constantFrom("db.serverless", "db.r6g.large", "db.t4g.medium"),
  databaseCapacity: fc.constantFrom("0.5-4", "2-16", "1.5-64.5", "0.5-256"),
  databasePeering: fc.constantFrom("", "pcx-0a1b2c3d"),
  databaseSlowQueryMs: fc.integer({ min: 50, max: 5000 }),
  cacheNodeType: fc.constantFrom("cache.t4g.micro", "cache.t4g.medium", "cache.r7g.large"),
  interfaceEndpoints: fc.subarray(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "kms", "sts"]),
  logRetentionDays: days(30, 60, 90, 365, 731, 3653),
  monthlyDollars: fc.integer({ min: 1, max: 100_000 }),
  criticalReceivers: receivers,
  warningReceivers: receivers,
  escalationReceivers: receivers,
  imageDigest: digest,
  migrateDigest: digest,
  domain: fc.constantFrom(...hosts),
  tenantHosts: fc.subarray(["acme.shop.example=acme", "beta.shop.example=beta"]),
  defaultTenant: fc.constantFrom("", "acme"),
  corsOrigins: fc.subarray(["https://shop.example", "https://www.shop.example"]),
  storefrontUrl: fc.constantFrom("https://shop.example", "https://shop.example/path"),
  mailFrom: fc.constantFrom("shop@shop.example", "Shop <shop@shop.example>"),
  taskCpu: days(0, 256, 512, 1024, 2048, 4096),
  // Sizes that several numbers of CPU units share: other pairs would nearly all be refused.
  taskMemory: days(512, 1024, 2048, 4096, 8192, 16_384),
  traceEndpoint: fc.constantFrom("", "https://otlp.nr-data.net", "https://collector.shop.example/otlp"),
  // Only what foundation has made, and that is what those of prod have.
  filledSecrets: fc.subarray(["SENTRY_DSN"]),
  leastTasks: fc.integer({ min: 1, max: 12 }),
  mostTasks: fc.integer({ min: 1, max: 40 }),
  rollbackErrors: fc.integer({ min: 0, max: 1000 }),
  repository: fc.constantFrom("acme/shop", "a.b-c/d_e", "acme@1/shop@2"),
};

/** A block of that size whose first address is a multiple of it. */
function networkOf(first: string, bits: number, at: number): string {
  const parts = first.split(".").map(Number);
  const step = 2 ** (24 - bits);
  const third = Math.floor(at / step) * step;
  const [a = 10, b = at] = parts;
  return bits === 16 ? `${a}.${b}.0.0/16` : `${a}.${b}.${third % 256}.0/${bits}`;
}

interface Introspected {
  type: string;
  in?: z.ZodType;
  innerType?: z.ZodType;
  options?: z.ZodType[];
  values?: unknown[];
  checks?: { _zod: { def: { pattern?: RegExp } } }[];
}

/** Everything a field allows. @throws where it has a form nobody wrote a generator for. */
function arbitraryOf(field: z.ZodType): fc.Arbitrary<unknown> {
  const def = field.def as unknown as Introspected;
  switch (def.type) {
    case "boolean":
      return fc.boolean();
    case "enum":
      return fc.constantFrom(...(field as z.ZodEnum).options);
    case "literal":
      return fc.constantFrom(...(def.values ?? []));
    case "number":
    case "int": {
      const { minValue, maxValue } = field as z.ZodNumber;
      return fc.integer({ min: Math.max(minValue ?? 0, -1e6), max: Math.min(maxValue ?? 1e6, 2e9) });
    }
    case "array":
      return fc.uniqueArray(arbitraryOf((field as z.ZodArray<z.ZodType>).element), { maxLength: 3 });
    case "union":
      return fc.oneof(...(def.options ?? []).map(arbitraryOf));
    case "pipe":
      return arbitraryOf(def.in as z.ZodType);
    case "string": {
      const pattern = def.checks?.map((check) => check._zod.def.pattern).find(Boolean);
      if (pattern) return fc.stringMatching(pattern);
    }
  }
  throw new Error(`no generator for ${def.type}: add the setting to testing/in-process/settings-space.ts`);
}

/**
 * All configurations that a program allows.
 * @param fixed settings that stay as they are
 */
export async function settingsSpace(program: string, fixed: Config = {}): Promise<fc.Arbitrary<Config>> {
  const { settings, together } = await allowedBy(program);
  const whole = z.object(settings);
  const arbitraries = Object.entries(settings)
    .filter(([key]) => !(key in fixed))
    .map(([key, field]) => {
      const type = field as z.ZodType;
      return [key, (told[key] ?? arbitraryOf(type)).filter((value) => type.safeParse(value).success)] as const;
    });
  return fc
    .record(Object.fromEntries(arbitraries))
    .map((config): Config => ({ ...config, ...fixed }))
    .filter((config) => !Object.values(together(whole.parse(config))).some(Boolean));
}
