// Rules that hold for every field and every collection, checked by walking over all of them: nobody has to remember.
import { allow, completeRules, type PermissionMap } from "@tradegraph/kit/permissions";
import { tenancy } from "@tradegraph/kit/tenancy";
import { type GraphQLSchema, isNonNullType, isObjectType } from "graphql";
import { type Schema } from "mongoose";

/**
 * Fields without a rule, rules without a field, and fields that are refused to some who may see the rest of their type
 * but cannot be null: refusing one would take the whole object away (ruling 12).
 *
 * @returns one line per problem
 */
export function permissionProblems(schema: GraphQLSchema, permissions: PermissionMap): string[] {
  let rules: ReturnType<typeof completeRules>;
  try {
    rules = completeRules(schema, permissions);
  } catch (error) {
    return [(error as Error).message];
  }
  return Object.entries(rules).flatMap(([typeName, fields]) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) return [];
    const given = permissions[typeName] as Record<string, unknown> | undefined;
    // What most may see: everything, if they may see anything.
    const open = Object.values(fields).includes(allow) ? allow : given?.["*"];
    return Object.values(type.getFields())
      .filter(({ name }) => open !== undefined && fields[name] !== open && fields[name] !== allow)
      .filter((field) => isNonNullType(field.type))
      .map(({ name }) => `${typeName}.${name} has a rule narrower than ${typeName}'s and must be nullable`);
  });
}

/**
 * Collections whose documents do not belong to a tenant, and unique indexes over all tenants (ruling 17).
 *
 * @param reasons collections that are shared on purpose, with the reason
 * @returns one line per problem
 */
export function tenancyProblems(
  schemas: Readonly<Record<string, Schema>>,
  reasons: Readonly<Record<string, string>> = {},
): string[] {
  return Object.entries(schemas)
    .filter(([name]) => reasons[name] === undefined)
    .flatMap(([name, schema]) => {
      const { plugins } = schema as Schema & { plugins: { fn: unknown }[] };
      const field = schema.path("tenantId") as { options?: { required?: unknown; immutable?: unknown } } | undefined;
      return [
        ...(plugins.some(({ fn }) => fn === tenancy) ? [] : [`${name} lacks the tenancy plugin`]),
        ...(field?.options?.required === true ? [] : [`${name}.tenantId is not required`]),
        ...(field?.options?.immutable === true ? [] : [`${name}.tenantId can be changed`]),
        ...schema
          .indexes()
          .filter(([keys, options]) => options.unique === true && Object.keys(keys)[0] !== "tenantId")
          .map(([keys]) => `${name} has a unique index that does not begin with tenantId: ${JSON.stringify(keys)}`),
      ];
    });
}
