// What a person knows about a kind of resource beyond its types.

export interface Facts {
  /** Fields whose change makes a new resource, beyond those that do so everywhere. */
  replaces?: string[];
  /** The field that names the resource at AWS; `name` where there is such a field, unless said. `false`: no own name. */
  named?: string | false;
  /** What the id is: a prefix of AWS's own ids ("vpc" → vpc-0a1b…), the name, the ARN, a UUID, or another input. */
  id?: { prefix: string } | "name" | "arn" | "uuid" | { input: string };
  /** The resource part of the ARN, with {name} and {id}; `global` has no region in it, `bare` no account either. */
  arn?: { of: string; global?: true; bare?: true; service?: string };
  /** The longest name AWS takes. */
  longest?: number;
  /** What a name must look like. */
  pattern?: RegExp;
  /** Outputs that names and types do not tell, such as lists with something in them; `seed` is the resource's own. */
  answers?: (inputs: Record<string, unknown>, seed: string) => Record<string, unknown>;
}
