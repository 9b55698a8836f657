// Reads what a resource takes and gives from the .d.ts files of @pulumi/aws, which ships no schema of its own. The files are
// generated and regular, so their syntax is enough: no type checker (8 s), one parse per kind (some milliseconds).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type Field, type Fields, type Kind, type Shape } from "./kind.ts";
import { rulesOf } from "./remarks.ts";
import { awsFolder } from "./version.ts";

/** File of a module such as "guardduty/iPSet", which is ipset.d.ts: the SDK's own names differ in case at times. */
function fileOf(module: string): string {
  const [service = "", name = ""] = module.split("/");
  if (!name || existsSync(join(awsFolder, `${module}.d.ts`)) || !existsSync(join(awsFolder, service)))
    return `${module}.d.ts`;
  const wanted = `${name}.d.ts`.toLowerCase();
  return `${service}/${readdirSync(join(awsFolder, service)).find((file) => file.toLowerCase() === wanted) ?? wanted}`;
}

const read = (file: string) => {
  const path = join(awsFolder, file);
  return existsSync(path) ? ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest) : undefined;
};

interface NestedTypes {
  file: ts.SourceFile;
  byName: Map<string, ts.InterfaceDeclaration>;
}
let nested: NestedTypes | undefined;

/** Every interface of types/input.d.ts as "s3.BucketGrant"; 5.7 MB, so read once and only when something asks. */
function nestedTypes(): NestedTypes {
  if (nested) return nested;
  const file = read("types/input.d.ts");
  if (!file) throw new Error("@pulumi/aws has no types/input.d.ts");
  const byName: NestedTypes["byName"] = new Map();
  const visit = (node: ts.Node, prefix: string): void => {
    if (ts.isModuleDeclaration(node) && node.body) return visit(node.body, `${prefix}${node.name.text}.`);
    if (ts.isInterfaceDeclaration(node)) byName.set(prefix + node.name.text, node);
    else if (ts.isModuleBlock(node)) node.statements.forEach((statement) => visit(statement, prefix));
  };
  file.statements.forEach((statement) => visit(statement, ""));
  return (nested = { file, byName });
}

const nameOf = (name: ts.EntityName): string =>
  ts.isIdentifier(name) ? name.text : `${nameOf(name.left)}.${name.right.text}`;

/** The shape of a type as written, seen through Input<> and Output<>. */
function shapeOf(type: ts.TypeNode): Shape {
  if (type.kind === ts.SyntaxKind.StringKeyword) return "string";
  if (type.kind === ts.SyntaxKind.NumberKeyword) return "number";
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return "boolean";
  if (ts.isParenthesizedTypeNode(type)) return shapeOf(type.type);
  if (ts.isArrayTypeNode(type)) return { list: shapeOf(type.elementType) };
  if (ts.isTypeLiteralNode(type)) {
    const [member] = type.members;
    return member && ts.isIndexSignatureDeclaration(member) ? { map: shapeOf(member.type) } : "any";
  }
  if (ts.isUnionTypeNode(type)) return shapeOfUnion(type.types.map(shapeOf));
  if (!ts.isTypeReferenceNode(type))
    return type.kind === ts.SyntaxKind.UndefinedKeyword ? ("undefined" as Shape) : "any";
  const name = nameOf(type.typeName);
  if ((name === "pulumi.Input" || name === "pulumi.Output") && type.typeArguments?.[0])
    return shapeOf(type.typeArguments[0]);
  if (name.startsWith("inputs.")) return { object: name.slice("inputs.".length) };
  // Enumerations of the SDK are hints: AWS adds values faster than they do.
  if (name.startsWith("enums.") || name === "ARN" || name === "Region" || name.endsWith(".Region")) return "string";
  return "any";
}

function shapeOfUnion(shapes: Shape[]): Shape {
  const different = [
    ...new Map(shapes.filter((s) => (s as string) !== "undefined").map((s) => [JSON.stringify(s), s])).values(),
  ];
  return different.length === 1 ? (different[0] as Shape) : "any";
}

const commentOf = (node: ts.Node, file: ts.SourceFile): string =>
  (ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? [])
    .map((range) => file.text.slice(range.pos, range.end))
    .join("\n")
    .replace(/^\s*\/?\*+\/?[ \t]?/gm, "")
    // Sentences of several paragraphs are looked at as one text; the deprecation is not about values.
    .replace(/@deprecated[\s\S]*$/, "")
    .replace(/\s+/g, " ")
    .trim();

function fieldsOf(members: ts.NodeArray<ts.TypeElement | ts.ClassElement>, file: ts.SourceFile): Fields {
  const fields: Fields = {};
  for (const member of members) {
    if (!(ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) || !member.type) continue;
    if (!ts.isIdentifier(member.name)) continue;
    if (ts.getModifiers(member as ts.PropertyDeclaration)?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword))
      continue;
    const shape = shapeOf(member.type);
    const optional = member.questionToken !== undefined || /\| undefined>?$/.test(member.type.getText(file));
    const field: Field = { shape, ...(optional ? {} : { required: true as const }) };
    fields[member.name.text] = { ...field, ...rulesOf(commentOf(member, file), shape === "string") };
  }
  return fields;
}

function collectTypes(fields: Fields, into: Record<string, Fields>): void {
  const visit = (shape: Shape): void => {
    if (typeof shape === "string") return;
    if ("list" in shape) return visit(shape.list);
    if ("map" in shape) return visit(shape.map);
    const { file, byName } = nestedTypes();
    const declaration = byName.get(shape.object);
    if (!declaration || into[shape.object]) return;
    const own = fieldsOf(declaration.members, file);
    into[shape.object] = own;
    collectTypes(own, into);
  };
  for (const field of Object.values(fields)) visit(field.shape);
}

/**
 * The kind behind a token such as "aws:s3/bucket:Bucket"; "pulumi:providers:aws" is the provider itself.
 * @returns undefined where @pulumi/aws has no such resource.
 */
export function readKind(token: string): Kind | undefined {
  const [, module, name] = token === "pulumi:providers:aws" ? ["", "provider", "Provider"] : token.split(":");
  const file = module ? read(fileOf(module)) : undefined;
  const declared = file?.statements.find((s) => ts.isClassDeclaration(s) && s.name?.text === name) as
    ts.ClassDeclaration | undefined;
  const taken = file?.statements.find((s) => ts.isInterfaceDeclaration(s) && s.name.text === `${name}Args`);
  if (!file || !declared || !taken) return undefined;
  const inputs = fieldsOf((taken as ts.InterfaceDeclaration).members, file);
  const types: Kind["types"] = {};
  collectTypes(inputs, types);
  return { inputs, outputs: fieldsOf(declared.members, file), types };
}
