// Plausible outputs: what AWS would answer for a resource, by the names and types of the kind's outputs. The same resource
// gets the same answer in every run.
import { createHash } from "node:crypto";
import { type Kind, type Shape } from "../aws-schema/kind.ts";
import { factsOf, shortName } from "./facts-of.ts";
import { nameField } from "./names.ts";
import { isObject, type Properties, UNKNOWN } from "./struct.ts";

/** Where a resource lives. */
export interface Place {
  account: string;
  region: string;
}

export const hash = (text: string, length: number) => createHash("sha256").update(text).digest("hex").slice(0, length);

const uuid = (text: string) => hash(text, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/** Hosted zone of CloudFront's names, the same for everybody. */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

interface Resource {
  token: string;
  urn: string;
  kind: Kind;
  inputs: Properties;
  place: Place;
}

/** The id AWS would give. */
export function idOf(resource: Resource): string {
  const { token, urn, inputs } = resource;
  const { id } = factsOf(token);
  const name = ownName(resource);
  if (id === "name" && name) return name;
  if (id === "arn") return arnOf(resource, hash(urn, 16));
  if (id === "uuid") return uuid(urn);
  if (isObject(id) && "input" in id) return String(inputs[id.input as string]);
  const prefix = isObject(id) ? (id as { prefix: string }).prefix : shortName(token).split(".")[1]?.toLowerCase();
  return `${prefix}-${hash(urn, 17)}`;
}

function ownName({ token, kind, inputs }: Resource): string | undefined {
  const field = nameField(token, kind);
  return field ? String(inputs[field]) : undefined;
}

function arnOf(resource: Resource, id: string): string {
  const { token, inputs, place } = resource;
  const { arn } = factsOf(token);
  const [service = "", kind = ""] = shortName(token).split(".");
  const region = typeof inputs["region"] === "string" ? inputs["region"] : place.region;
  const what = (arn?.of ?? `${kind.toLowerCase()}/{id}`)
    .replace("{name}", ownName(resource) ?? id)
    .replace("{id}", token.endsWith(":OpenIdConnectProvider") ? String(inputs["url"]).replace("https://", "") : id);
  return `arn:aws:${arn?.service ?? service}:${arn?.global ? "" : region}:${arn?.bare ? "" : place.account}:${what}`;
}

function answer(field: string, shape: Shape, resource: Resource, id: string): unknown {
  if (typeof shape === "object") return "list" in shape ? [] : {};
  if (shape === "boolean") return false;
  if (shape === "number") return field === "port" ? 443 : 1;
  return shape === "string" ? text(field, resource, id) : undefined;
}

function text(field: string, resource: Resource, id: string): string {
  const { token, inputs, place, urn } = resource;
  const [service = ""] = shortName(token).split(".");
  const region = typeof inputs["region"] === "string" ? inputs["region"] : place.region;
  const host = `${(ownName(resource) ?? hash(urn, 12)).toLowerCase()}.${hash(urn, 8)}.${region}.${service}.amazonaws.com`;
  if (field === "arn") return factsOf(token).id === "arn" ? id : arnOf(resource, id);
  if (field === "region") return region;
  if (/^(?:owner|ownerId|accountId|registryId)$/.test(field)) return place.account;
  if (service === "cloudfront" && field === "domainName") return `d${hash(urn, 13)}.cloudfront.net`;
  if (/hostedZoneId$/i.test(field)) return service === "cloudfront" ? CLOUDFRONT_ZONE : "Z35SXDOTRQ7X7K";
  if (field === "zoneId") return `Z${hash(urn, 20).toUpperCase()}`;
  if (field === "bucketDomainName") return `${String(inputs["bucket"])}.s3.amazonaws.com`;
  if (field === "bucketRegionalDomainName") return `${String(inputs["bucket"])}.s3.${region}.amazonaws.com`;
  if (field === "repositoryUrl") return `${place.account}.dkr.ecr.${region}.amazonaws.com/${String(inputs["name"])}`;
  if (/(?:endpoint|dnsName|domainName|address|fqdn)$/i.test(field)) return host;
  if (/url$/i.test(field)) return `https://${host}`;
  if (/(?:date|time|At)$/.test(field)) return "2026-01-01T00:00:00Z";
  if (/arn$/i.test(field)) return `${arnOf(resource, id)}/${field}`;
  if (field === "keyId") return id;
  if (/id$/i.test(field)) return `${field.replace(/Id$/, "").toLowerCase()}-${hash(urn + field, 17)}`;
  return ownName(resource) ?? id;
}

/** Everything the resource answers after it was made; `olds` keep what AWS once answered. */
export function outputsOf(resource: Resource, id: string, olds: Properties = {}): Properties {
  const outputs: Properties = {};
  for (const [field, { shape, required }] of Object.entries(resource.kind.outputs)) {
    if (field in resource.inputs) continue;
    if (required) outputs[field] = olds[field] ?? answer(field, shape, resource, id);
  }
  const answers = factsOf(resource.token).answers?.(resource.inputs, hash(resource.urn, 16)) ?? {};
  for (const [field, value] of Object.entries(answers)) {
    if (!(field in resource.inputs)) outputs[field] = olds[field] ?? value;
  }
  if ("tagsAll" in resource.kind.outputs) outputs["tagsAll"] = resource.inputs["tags"] ?? {};
  return { ...outputs, ...resource.inputs, id };
}

/** The same before the resource exists: what is no input is not known yet, as with the real provider. */
export function previewOf(resource: Resource, olds: Properties = {}): Properties {
  const outputs = outputsOf(resource, UNKNOWN, olds);
  const known = (field: string) => field in resource.inputs || field === "tagsAll" || field in olds;
  return Object.fromEntries(Object.entries(outputs).map(([field, value]) => [field, known(field) ? value : UNKNOWN]));
}
