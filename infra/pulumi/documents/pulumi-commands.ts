// Commands of Pulumi's CLI that pages tell people to type.

export interface PulumiCommand {
  /** Words behind `pulumi`: ["stack", "init"]. */
  words: string[];
  /** "--stack", "-C" */
  flags: string[];
}

const FENCE = /^ *```.*?^ *```/gms;
/** Commands that have a second word. */
const GROUPS = ["stack", "config", "state", "policy", "plugin"];
const SECOND = ["init", "export", "import", "output", "ls", "select", "rm", "get", "set", "delete", "unprotect"];

/** Those in blocks and in spans of code. */
export function pulumiCommands(text: string): PulumiCommand[] {
  const blocks = [...text.matchAll(FENCE)].map(([block]) => block.replace(/\\\n\s*/g, " "));
  const spans = [...text.replace(FENCE, "").matchAll(/`(pulumi [^`]+)`/g)].map(([, span = ""]) => span);
  return [...blocks, ...spans.map((span) => span.replace(/\s*\n\s*/g, " "))].flatMap((code) =>
    [...code.matchAll(/(?:^|[\s(])pulumi( [^\n]+)/g)].flatMap(([, rest = ""]) => commandOf(rest) ?? []),
  );
}

function commandOf(rest: string): PulumiCommand | undefined {
  const all = (rest.split(/[|;)#]| && | > /)[0] ?? "").split(/\s+/).filter((word) => word !== "");
  const flags = all.flatMap((word) => /^(?:--[a-z][a-z-]*|-[A-Za-z])/.exec(word)?.[0] ?? []);
  // The value of -C is a folder, and no command is called like one.
  const [first, second] = all.filter((word) => /^[a-z]+$/.test(word));
  if (first === undefined) return undefined;
  const isGroup = GROUPS.includes(first) && second !== undefined && SECOND.includes(second);
  return { words: isGroup ? [first, second] : [first], flags };
}
