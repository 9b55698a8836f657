// How much harm the value of a field does in the wrong hands, and whether it is about a person: said in the models, beside
// each field, and read from there by the walking tests, the log's redaction and docs/DATA-CLASSIFICATION.md.
import { type Schema, type SchemaType } from "mongoose";
import { isSealedPath } from "./sealed-field.ts";

/** From harmless to harmful. */
export const dataClasses = ["public", "internal", "confidential", "restricted"] as const;
export type DataClass = (typeof dataClasses)[number];

export interface ClassifiedPath {
  /** Path inside the document, lists marked by `[]`: `addresses[].street`. */
  path: string;
  /** Absent when the model does not say it: a fault that {@link classificationProblems} names. */
  dataClass?: DataClass | undefined;
  /** It is about a person, so that it belongs into the export and the erasure of that person. */
  isPersonal: boolean;
  /** Stored encrypted; see field-cipher.ts. */
  isSealed: boolean;
}

type Said = Pick<ClassifiedPath, "dataClass" | "isPersonal">;

/** Fields that mongoose itself adds. */
const ofMongoose = new Set(["_id", "createdAt", "updatedAt"]);

/**
 * Every path of a model that holds a value. The parts of an embedded document say their own classes; where none of them
 * does, as in money, it is one value and the field that holds it speaks for all.
 */
export const classifiedPaths = (schema: Schema): ClassifiedPath[] => pathsOf(schema);

function pathsOf(schema: Schema, whole?: Said): ClassifiedPath[] {
  const found: ClassifiedPath[] = [];
  schema.eachPath((path, type) => {
    const { schema: nested, instance } = type as SchemaType & { schema?: Schema };
    const said = whole ?? saidOf(type);
    if (nested) {
      const inner = pathsOf(nested, isOneValue(nested) ? said : undefined);
      found.push(...inner.map((one) => ({ ...one, path: `${path}${instance === "Array" ? "[]" : ""}.${one.path}` })));
      return;
    }
    const dataClass = said.dataClass ?? (ofMongoose.has(path) ? "internal" : undefined);
    found.push({ path, dataClass, isPersonal: said.isPersonal, isSealed: isSealedPath(type) });
  });
  return found;
}

function saidOf({ options }: SchemaType): Said {
  const { dataClass, personal } = options as { dataClass?: unknown; personal?: unknown };
  return { dataClass: dataClasses.find((one) => one === dataClass), isPersonal: personal === true };
}

const isOneValue = (nested: Schema): boolean =>
  Object.values(nested.paths).every((type) => saidOf(type).dataClass === undefined);

/** What is wrong with the classes of a model, a sentence each. */
export function classificationProblems(collection: string, schema: Schema): string[] {
  return classifiedPaths(schema).flatMap(({ path, dataClass, isSealed }) => {
    const at = `${collection}.${path}`;
    if (!dataClass) return [`${at} has no class: give it a dataClass of ${dataClasses.join(", ")}.`];
    if (isSealed && dataClass !== "restricted") return [`${at} is sealed, so it is restricted and not ${dataClass}.`];
    return [];
  });
}
