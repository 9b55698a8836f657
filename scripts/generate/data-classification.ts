// docs/DATA-CLASSIFICATION.md: the class of every field that is stored, from the models, and what becomes of those about
// people, from the lists beside person-data.ts.
import { classifiedPaths, type ClassifiedPath, dataClasses, type DataClass } from "@tradegraph/kit/data-class";
import { personFieldOf, type PersonFields } from "@tradegraph/kit/person-fields";
import { systemSchemas } from "@tradegraph/kit/system-models";
import { schemas as contentSchemas } from "@tradegraph/content/models";
import { personFields as contentFields } from "@tradegraph/content/person-fields";
import { schemas as ordersSchemas } from "@tradegraph/orders/models";
import { personFields as ordersFields } from "@tradegraph/orders/person-fields";
import { schemas as productsSchemas } from "@tradegraph/products/models";
import { personFields as productsFields } from "@tradegraph/products/person-fields";
import { schemas as usersSchemas } from "@tradegraph/users/models";
import { personFields as usersFields } from "@tradegraph/users/person-fields";
import { type Schema } from "mongoose";
import { type GeneratedFiles } from "./generated-files.ts";
import { code, markdownPage, table } from "./markdown.ts";

export interface ClassifiedDatabase {
  schemas: Readonly<Record<string, Schema>>;
  fields: PersonFields;
}

export const classifiedDatabases: Readonly<Record<string, ClassifiedDatabase>> = {
  users: { schemas: usersSchemas, fields: usersFields },
  products: { schemas: productsSchemas, fields: productsFields },
  orders: { schemas: ordersSchemas, fields: ordersFields },
  content: { schemas: contentSchemas, fields: contentFields },
};

export const describeDataClasses = (root: string): Promise<GeneratedFiles> =>
  markdownPage(root, "docs/DATA-CLASSIFICATION.md", pageText());

const meanings: Record<DataClass, readonly [harm: string, handling: string]> = {
  public: ["none: the shop shows it to everybody", "may lie in shared caches and at the edge"],
  internal: [
    "little: ids, states and dates that keep the programs going",
    "people who are signed in, as the rules say",
  ],
  confidential: [
    "business: what firms order, pay, agree and write; what was done by whom",
    "the firm it belongs to and staff with the area; never in an answer that is kept for everybody",
  ],
  restricted: [
    "people or doors: who somebody is and where they live, hashes, keys, tokens",
    "as confidential; sealed or hashed unless accounts are found by it; names of such fields are hidden in logs",
  ],
};

/** In every document, so listed once. */
const everywhere = /^(_id|tenantId|version|_seed|createdAt|updatedAt|hasOutbox|outbox\[\]\..+)$/;

function pageText(): string {
  const all = Object.values(classifiedDatabases).flatMap(({ schemas }) =>
    Object.values(schemas).flatMap(classifiedPaths),
  );
  const count = (name: DataClass) => all.filter(({ dataClass }) => dataClass === name).length;
  return `<!-- Written by \`pnpm generate\`. -->

# Classification of data

Every field that is stored has a class, and a mark where it is about a person. Both stand beside the field in its model
(\`dataClass\`, \`personal\`), so this page cannot say anything else than the code does.

${table(
  ["class", "harm in the wrong hands", "handling", "fields"],
  dataClasses.map((name) => [code(name), ...meanings[name], String(count(name))]),
)}

What rests on it, each with a test that fails:

- **No field without a class**: \`scripts/data-classification.test.ts\` walks through all models.
- **Encryption**: a sealed field ([ENCRYPTION](ENCRYPTION.md)) is restricted and personal by its definition, and cannot be
  given a lower class.
- **Redaction**: the names of restricted fields are hidden in every log line (\`packages/kit/src/redaction.ts\`), but for words
  that mean other things as well; the test holds the list and names each of those with its reason.
- **Caches**: an answer that is kept for everybody ([CACHE-POLICY](CACHE-POLICY.md)) has no field that is confidential or
  restricted.
- **Export and erasure**: a field about a person must be in \`person-fields.ts\` of its subgraph, with what becomes of it, or
  the reason why nothing does. \`subgraphs/*/test/person-fields.integration.ts\` gives a person a value in each of them,
  exports and erases, and looks ([PRIVACY](PRIVACY.md)).

An id of a person is not marked: alone it names nobody, and after the erasure it leads to an empty account. In the audit log,
where it would show what an erased person did, it is marked and replaced.

**Outside the databases.** The bucket \`assets\` is public, \`exports\` (files made for somebody) restricted; at AWS Macie looks
through both every week for what should not be there ([personal-data-found](runbooks/personal-data-found.md)). Logs of the
programs and of the edge have ids and network addresses: confidential. Backups have everything: restricted. Messages and files
that are handed to other programs take the highest class of what is in them.

**A new field**: give it \`dataClass\`; if it tells of a person, \`personal: true\` and a line in \`person-fields.ts\`, and name it in
\`person-data.ts\` and in the erasure; if nobody looks for it by its value and it is restricted, make it a \`sealedField\`. The
tests say what is missing.

## In every collection

${classTable([["documents of the models", allPathsEverywhere()]])}

Every database has these collections as well:

${classTable(Object.entries(systemSchemas).map(([name, schema]) => [code(name), ownPaths(schema)]))}

${Object.entries(classifiedDatabases).map(databaseText).join("\n\n")}
`;
}

const ownPaths = (schema: Schema) => classifiedPaths(schema).filter(({ path }) => !everywhere.test(path));

const allPathsEverywhere = () =>
  classifiedPaths(systemSchemas.securityRecords).filter(({ path }) => everywhere.test(path));

function databaseText([name, { schemas, fields }]: [string, ClassifiedDatabase]): string {
  const own = Object.entries(schemas).filter(([collection]) => !(collection in systemSchemas));
  const people = own.flatMap(([collection, schema]) => personRows(collection, ownPaths(schema), fields));
  const head = ["field", "class", "stored", "export", "erasure", "because"];
  return `## ${name}

${classTable(own.map(([collection, schema]) => [code(collection), ownPaths(schema)]))}

${people.length > 0 ? `Of people:\n\n${table(head, people)}` : "Nothing of people but ids."}`;
}

const classTable = (collections: readonly (readonly [name: string, paths: ClassifiedPath[]])[]): string =>
  table(
    ["collection", "class", "fields"],
    collections.flatMap(([name, paths]) =>
      dataClasses
        .map((one) => [one, namesOf(paths, one)] as const)
        .filter(([, fields]) => fields !== "")
        .map(([one, fields]) => [name, one, fields]),
    ),
  );

/** Parts of one whole stand together: `address.{street,city}`. */
function namesOf(paths: readonly ClassifiedPath[], wanted: DataClass): string {
  const wholes = new Map<string, string[]>();
  for (const { path, dataClass } of paths) {
    if (dataClass !== wanted) continue;
    const at = path.lastIndexOf(".");
    const whole = path.slice(0, at + 1);
    wholes.set(whole, [...(wholes.get(whole) ?? []), path.slice(at + 1)]);
  }
  return [...wholes]
    .flatMap(([whole, names]) =>
      whole === "" ? names : [names.length === 1 ? whole + String(names[0]) : `${whole}{${names.join(",")}}`],
    )
    .map(code)
    .join(", ");
}

const personRows = (collection: string, paths: readonly ClassifiedPath[], fields: PersonFields): string[][] =>
  paths
    .filter(({ isPersonal }) => isPersonal)
    .map(({ path, dataClass = "", isSealed }) => {
      const { exported, erased, because } = personFieldOf(fields, `${collection}.${path}`) ?? {};
      const told = exported === undefined ? "" : code(exported);
      return [code(`${collection}.${path}`), dataClass, isSealed ? "sealed" : "", told, erased ?? "", because ?? ""];
    });
