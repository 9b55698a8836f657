// The demands of the directives, as docs/AUTHORIZATION.md tells them, looked at field by field.
import { meets, type Requirement } from "@tradegraph/gateway/authorization/requirement";
import { type Viewer } from "@tradegraph/kit/viewer";
import { buildSchema, getNamedType, isAbstractType, isInterfaceType, isObjectType } from "graphql";

/** @param policy text of schema/generated/policy.json */
export function createMayRead(apiSdl: string, policy: string) {
  const schema = buildSchema(apiSdl);
  const { authorization } = JSON.parse(policy) as {
    authorization: { types: Record<string, Requirement>; fields: Record<string, Requirement> };
  };
  return (viewer: Viewer, typeName: string, fieldName: string): boolean => {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) return true;
    const given = getNamedType(type.getFields()[fieldName]?.type);
    const owners = isInterfaceType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
    const demands = [
      ...owners.flatMap(({ name }) => [authorization.types[name], authorization.fields[`${name}.${fieldName}`]]),
      given && !isAbstractType(given) ? authorization.types[given.name] : undefined,
    ];
    return demands.every((demand) => demand === undefined || meets(viewer, demand));
  };
}
