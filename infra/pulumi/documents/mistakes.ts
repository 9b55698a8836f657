// What a page for operators says about the stack and is not so.

/** What the programs of an environment really have. */
export interface Stack {
  /** By program. */
  outputs: Map<string, Set<string>>;
  settings: Map<string, Set<string>>;
  /** At AWS, in prod: "tradegraph-prod-graph". */
  names: Set<string>;
}

/** Things that pages tell people to make, and that no program knows. */
const BY_HAND = ["restored", "broken", "lost"];
/** Words in code that look like settings and are words of AWS, GraphQL, programs or GitHub. */
const WORDS = /^(?:[a-z]+Id|[a-z]+Arn)$/;

const anyHas = (sets: Map<string, Set<string>>, one: string) => [...sets.values()].some((set) => set.has(one));

function outputsIn(text: string): { name: string; program: string | undefined }[] {
  const folder = /programs\/(\w+)/;
  const commands = [...text.matchAll(/pulumi([^\n|;)]*?) stack output (\w+)([^\n|;)]*)/g)].map(
    ([, before = "", name = "", after = ""]) => ({ name, program: folder.exec(`${before} ${after}`)?.[1] }),
  );
  const sentences = [
    ...text.matchAll(/\boutputs? `(\w+)`(?: and `(\w+)`)?(?: of (?:the program )?`?(\w+)`?)?/g),
  ].flatMap(([, one = "", other, program]) =>
    [one, ...(other ? [other] : [])].map((name) => ({
      name,
      program: program && /^(?:bootstrap|foundation|application|recovery)$/.test(program) ? program : undefined,
    })),
  );
  return [...commands, ...sentences];
}

function wrongOutputs(text: string, { outputs }: Stack): string[] {
  return outputsIn(text).flatMap(({ name, program }) => {
    const found = program === undefined ? anyHas(outputs, name) : outputs.get(program)?.has(name);
    return found ? [] : [`output ${name}${program === undefined ? "" : ` of ${program}`}`];
  });
}

function wrongSettings(text: string, { settings }: Stack): string[] {
  const full = [...text.matchAll(/tradegraph-(bootstrap|foundation|application|recovery):(\w+)/g)].flatMap(
    ([, program = "", name = ""]) => (settings.get(program)?.has(name) ? [] : [`setting ${name} of ${program}`]),
  );
  // `leastTasks: 3`: in code, with a value behind it.
  const valued = [...text.matchAll(/`([a-z]+(?:[A-Z][a-z]+)+): [^`{]+`/g)].flatMap(([, name = ""]) =>
    WORDS.test(name) || anyHas(settings, name) ? [] : [`setting ${name}`],
  );
  return [...full, ...valued];
}

function wrongNames(text: string, { names }: Stack): string[] {
  const known = [...names];
  const prod = text
    .replace(/\$\{?P\}?(?=[-/])/g, "tradegraph-prod")
    .replace(/tradegraph-(?:<stack>|staging|dev)(?=[-/])/g, "tradegraph-prod");
  // What goes on with something to fill in is a beginning: tradegraph-prod-state-<account>.
  return [...prod.matchAll(/tradegraph-prod([-/][\w/-]*\w)(-?[<$…])?/g)].flatMap(([, rest = "", open]) => {
    const name = `tradegraph-prod${rest}`;
    if (BY_HAND.some((word) => rest.includes(`-${word}`))) return [];
    const found = known.some((one) => one === name || (open !== undefined && one.startsWith(name)));
    return found ? [] : [`name ${name}`];
  });
}

/** Each as "output plan of application", "setting mostTask", "name tradegraph-prod-graf". */
export const mistakes = (text: string, stack: Stack): string[] => [
  ...wrongOutputs(text, stack),
  ...wrongSettings(text, stack),
  ...wrongNames(text, stack),
];
