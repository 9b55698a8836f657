// init, rotate and list of one kind of key ring.
import {
  pendingKeys,
  publishedKeys,
  readRing,
  type RingKey,
  type RingSchema,
  rotatedKeys,
  signingKey,
} from "@tradegraph/kit/key-ring";
import { readDuration } from "@tradegraph/kit/duration";
import { Command, InvalidArgumentError } from "commander";
import { changeRingFile, createRingFile } from "./ring-file.ts";

export interface RingKind<K extends RingKey> {
  name: string;
  description: string;
  schema: RingSchema<K>;
  newKey: (notBefore: Date) => Promise<K>;
  /** How long a key is known to all programs before it signs: as it should be, and as short as it may be, in seconds. */
  lead: { usual: string; leastSeconds: number; because: string };
  /** How long what a key has signed is believed, as text of a duration. */
  signatureLifetime: { option: string; usual: string; description: string };
}

interface Options {
  file: string;
  lead: number;
  force?: boolean;
  stolen?: boolean;
  [lifetime: string]: unknown;
}

/** Clocks that differ and programs that read late: seconds. */
const margin = 600;

const duration = (text: string): number => {
  const seconds = readDuration(text);
  if (seconds === undefined) throw new InvalidArgumentError("Write a duration such as 90s, 15m or 24h.");
  return seconds;
};

const later = (from: Date, seconds: number) => new Date(from.getTime() + seconds * 1_000);

export function ringCommands<K extends RingKey>(kind: RingKind<K>, clock = () => new Date()): Command {
  const { name, schema, newKey, lead, signatureLifetime } = kind;
  const program = new Command(name).description(kind.description);
  const command = (action: string, description: string) =>
    program.command(action).description(description).requiredOption("--file <path>", "the key ring");

  const print = (keys: readonly K[]) => {
    for (const key of keys) console.log(lineOf(keys, key, clock()));
  };

  command("init", "Make a ring of one key, which signs at once").action(async ({ file }: Options) => {
    const keys = [await newKey(clock())];
    await createRingFile(file, keys);
    print(keys);
  });

  command("list", "Every key and what it is for; shows no secret").action(({ file }: Options) => {
    print(readRing(schema, file));
  });

  command("rotate", "Add a key that takes over after the lead; the old one is believed until nothing of it is left")
    .option(
      "--lead <duration>",
      `how long the new key is known before it signs, ${lead.because}`,
      duration,
      duration(lead.usual),
    )
    .option(
      `--${signatureLifetime.option} <duration>`,
      signatureLifetime.description,
      duration,
      duration(signatureLifetime.usual),
    )
    .option("--force", "yes, with a shorter lead, or instead of a rotation that is under way")
    .option("--stolen", "let the new key sign at once and drop all others: what they signed is refused")
    .action(async (options: Options) => {
      if (options.stolen) return print(await changeRingFile(options.file, schema, async () => [await newKey(clock())]));
      if (options.lead < lead.leastSeconds && !options.force)
        throw new Error(`The lead must be ${lead.leastSeconds} s or more, ${lead.because}; or say --force.`);
      const lifetime = options[camelCase(signatureLifetime.option)] as number;
      const rotate = async (keys: K[]) => {
        const now = clock();
        const [pending] = pendingKeys(keys, now);
        if (pending && !options.force) {
          const begins = pending.notBefore.toISOString();
          throw new Error(`A rotation is under way: ${pending.kid} signs from ${begins}. Wait, or say --force.`);
        }
        return rotatedKeys(keys, await newKey(later(now, options.lead)), now, (lifetime + margin) * 1_000);
      };
      const keys = await changeRingFile(options.file, schema, rotate);
      print(keys);
      const begins = keys.at(-1)?.notBefore.toISOString() ?? "";
      console.log(`Every program must have this file before ${begins}; running ones read it again by themselves.`);
    });
  return program;
}

const camelCase = (option: string) => option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function lineOf<K extends RingKey>(keys: readonly K[], key: K, now: Date): string {
  const state = () => {
    if (!publishedKeys(keys, now).includes(key)) return "ended";
    if (key === signingKey(keys, now)) return "signs";
    return key.notBefore > now ? "waits" : "verifies";
  };
  const until = key.notAfter ? `until ${key.notAfter.toISOString()}` : "";
  return `${key.kid.padEnd(44)} ${state().padEnd(8)} from ${key.notBefore.toISOString()} ${until}`.trimEnd();
}
