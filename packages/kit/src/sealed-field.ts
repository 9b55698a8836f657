// Fields that hold encrypted text only: the definition for models, and the list of them for whoever rotates keys.
import { type Schema, type SchemaType } from "mongoose";
import { encryptedLength, encryptedPattern } from "./aes-gcm.ts";

declare const mark: unique symbol;

/** Text that a {@link import("./field-cipher.ts").FieldCipher} sealed; plain text is no such thing to the compiler. */
export type Sealed = string & { readonly [mark]: true };

/** Where a sealed value lives. It opens nowhere else: another tenant's, or another field's, is refused. */
export interface SealedPlace {
  collection: string;
  /** Path inside the document without places in lists: `addresses.street`. */
  field: string;
  /** The tenant of the running request unless given. */
  tenantId?: string;
}

/** `enc:v1:<key id>:<iv>:<tag>:<ciphertext>` */
export const sealedPattern = new RegExp(`^enc:v1:[a-z][0-9]{4}:${encryptedPattern}$`);

const prefixLength = "enc:v1:f0001:".length;

/**
 * Definition of a sealed field; the database itself refuses plain text in it. It is personal data unless its model says
 * otherwise.
 *
 * @param mostBytes longest plain text in UTF-8: three bytes for each character at most
 * @example phone: sealedField(90)
 */
export const sealedField = (mostBytes: number) => ({
  type: String,
  match: sealedPattern,
  maxlength: prefixLength + encryptedLength(mostBytes),
  dataClass: "restricted",
  personal: true,
});

/** Paths of sealed fields by collection, lists marked by `[]`: `addresses[].street`. Collections without are absent. */
export type SealedPaths = Readonly<Record<string, readonly string[]>>;

export function sealedPathsOf(schemas: Readonly<Record<string, Schema>>): SealedPaths {
  const all = Object.entries(schemas).map(([name, schema]) => [name, pathsIn(schema)] as const);
  return Object.fromEntries(all.filter(([, paths]) => paths.length > 0));
}

/** Whether a path of a model holds sealed text. mongoose copies the pattern. */
export const isSealedPath = ({ options }: SchemaType): boolean =>
  String((options as { match?: unknown }).match) === String(sealedPattern);

function pathsIn(schema: Schema): string[] {
  const found: string[] = [];
  schema.eachPath((path, type) => {
    const { schema: nested, instance } = type as SchemaType & { schema?: Schema };
    if (isSealedPath(type)) found.push(path);
    if (nested) found.push(...pathsIn(nested).map((inner) => `${path}${instance === "Array" ? "[]" : ""}.${inner}`));
  });
  return found;
}

/** Name of the field in {@link SealedPlace}: `addresses[].street` → `addresses.street`. */
export const fieldOfPath = (path: string): string => path.replaceAll("[]", "");
