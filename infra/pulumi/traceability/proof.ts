// How a requirement is shown by what the engine planned: each clause of it is a sentence, with the resources that bear it out.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export interface Resource {
  /** The program it belongs to. */
  program: string;
  /** "docdb.Cluster" */
  kind: string;
  name: string;
  protect: boolean;
  /** As the provider checked them. */
  inputs: Record<string, unknown>;
}

/** What bears a sentence out: resources, or a file of the repository where no resource can. */
export type Shown = Pick<Resource, "kind" | "name"> | { file: string };

export interface Proof {
  /** Of docs/requirements.md: "AWS-5". */
  id: string;
  /** One clause of it. */
  says: string;
  /** @throws with what is wrong. */
  shown: (planned: Planned) => Shown[];
}

/** All resources of all programs of one environment. */
export class Planned {
  readonly all: Resource[];

  constructor(all: Resource[]) {
    this.all = all;
  }

  /** Those of one program. */
  in(program: string): Planned {
    return new Planned(this.all.filter((one) => one.program === program));
  }

  /** @param name in the program; a pattern for more than one */
  of(kind: string, name: string | RegExp = /^/): Resource[] {
    return this.all.filter(
      (one) => one.kind === kind && (typeof name === "string" ? one.name === name : name.test(one.name)),
    );
  }

  /** Every resource of a kind keeps to something. @throws naming those that do not, or that there is none. */
  every(kind: string, name: string | RegExp, holds: (inputs: Inputs, resource: Resource) => boolean): Resource[] {
    const found = this.of(kind, name);
    if (found.length === 0) throw new Error(`no ${kind} ${String(name)}`);
    const other = found.filter((one) => !holds(new Inputs(one.inputs), one));
    if (other.length > 0) throw new Error(`not so: ${other.map((one) => `${kind} ${one.name}`).join(", ")}`);
    return found;
  }

  /** Those of a kind that have something. @throws where fewer than `least` have. */
  some(kind: string, least: number, holds: (inputs: Inputs, resource: Resource) => boolean): Resource[] {
    const found = this.of(kind).filter((one) => holds(new Inputs(one.inputs), one));
    if (found.length < least) throw new Error(`${found.length} of kind ${kind} are so, not ${least}`);
    return found;
  }
}

/** Inputs of a resource, reached by path: "rules.0.lifecycle.deleteAfter". */
export class Inputs {
  readonly #inputs: unknown;

  constructor(inputs: unknown) {
    this.#inputs = inputs;
  }

  at(path: string): unknown {
    return path
      .split(".")
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], this.#inputs);
  }

  /** Members of a list; none where it is missing. */
  list(path: string): Inputs[] {
    const value = this.at(path);
    return Array.isArray(value) ? value.map((one) => new Inputs(one)) : [];
  }

  /** As text, lists and objects too. */
  text(path: string): string {
    const value = this.at(path);
    return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  }

  /** Whether each path has its value. */
  are(values: Record<string, unknown>): boolean {
    return Object.entries(values).every(([path, value]) => JSON.stringify(this.at(path)) === JSON.stringify(value));
  }
}

const root = resolve(import.meta.dirname, "../../..");

/** A file of the repository that says something. @throws where it does not. */
export function file(path: string, ...says: RegExp[]): Shown[] {
  const full = join(root, path);
  if (!existsSync(full)) throw new Error(`no file ${path}`);
  const text = readFileSync(full, "utf8");
  const missing = says.filter((pattern) => !pattern.test(text));
  if (missing.length > 0) throw new Error(`${path} does not say ${missing.map(String).join(", ")}`);
  return [{ file: path }];
}

type Says = (says: string, shown: Proof["shown"]) => Proof;

/** Proofs of one requirement. */
export const proofs = (id: string, make: (says: Says) => Proof[]): Proof[] =>
  make((says, shown) => ({ id, says, shown }));
