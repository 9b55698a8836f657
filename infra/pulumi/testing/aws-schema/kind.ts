// What one kind of resource or one nested type takes, in the few words the stub provider needs.

/** The kind of a value. `any` is not looked at: assets, archives and unions with resources. */
export type Shape = "string" | "number" | "boolean" | "any" | { list: Shape } | { map: Shape } | { object: string };

export interface Field {
  shape: Shape;
  required?: true;
  /** The only values the documentation allows. */
  values?: string[];
  /** Fields of the same object that may not be set beside this one. */
  conflicts?: string[];
  /** A change replaces the resource. */
  replaces?: true;
}

export type Fields = Record<string, Field>;

export interface Kind {
  inputs: Fields;
  outputs: Fields;
  /** Nested input types by their name in `@pulumi/aws/types/input`. */
  types: Record<string, Fields>;
}
