// graphql-shield as every subgraph uses it: rules on type fields, deny by default, federation's own fields open.
import { defaultFieldResolver, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { allow, type and, deny, type IRules, rule, shield } from "graphql-shield";
import { forbidden, unauthenticated, type PublicError } from "./errors.ts";
import { isStaff, type StaffArea, type Viewer, type ViewerRole } from "./viewer.ts";

export { allow, and, deny, or, chain } from "graphql-shield";

export type Rule = ReturnType<ReturnType<typeof rule>> | typeof allow | ReturnType<typeof and>;

/** Rules of one subgraph: type → field (or `*`) → rule. Every field of every type must be covered. */
export type PermissionMap = Record<string, Rule | Record<string, Rule>>;

// shield refuses two rules of one name, although nothing of ours is cached by it.
let serial = 0;

/** What rules say of themselves, for people. */
const descriptions = new WeakMap<object, string>([
  [allow, "everybody"],
  [deny, "nobody"],
]);

/**
 * A rule over viewer and parent. Never cached: shield's contextual cache keys by the rule's name alone and hands one
 * parent's verdict to the next.
 *
 * @param check true to allow, or the error to give
 * @param who whom it lets in, in words, for docs/PERMISSIONS.md
 */
export function viewerRule<P = unknown>(
  name: string,
  check: (viewer: Viewer, parent: P) => true | PublicError,
  who = name,
): Rule {
  const made = rule(`${name}#${(serial += 1)}`, { cache: "no_cache" })(
    (parent: P, _args: unknown, { viewer }: { viewer: Viewer }) => check(viewer, parent),
  );
  descriptions.set(made, who);
  return made;
}

/** Whom a rule lets in, in words. @example describeRule(or(staff("orders"), signedIn)) // "staff of orders, or …" */
export function describeRule(given: Rule): string {
  const known = descriptions.get(given);
  if (known !== undefined) return known;
  const parts = "getRules" in given ? (given.getRules() as Rule[]) : [];
  if (parts.length === 0) throw new Error("A rule does not say whom it lets in; make it with viewerRule().");
  return parts.map(describeRule).join(given.constructor.name === "RuleOr" ? ", or " : ", and ");
}

const orRefuse = (allowed: boolean, viewer: Viewer): true | PublicError =>
  allowed || (viewer.role === "anonymous" ? unauthenticated() : forbidden());

/** Any account. */
export const signedIn = viewerRule(
  "signedIn",
  (viewer) => orRefuse(viewer.userId !== undefined, viewer),
  "everybody with an account",
);

/** One of these platform roles. */
export const hasRole = (...roles: ViewerRole[]): Rule =>
  viewerRule(
    `hasRole:${roles.join()}`,
    (viewer) => orRefuse(roles.includes(viewer.role), viewer),
    `role ${roles.join(" or ")}`,
  );

/** Staff with rights over this part of the shop. */
export const staff = (area: StaffArea): Rule =>
  viewerRule(`staff:${area}`, (viewer) => orRefuse(isStaff(viewer, area), viewer), `staff of ${area}`);

/** One of our own programs, by a signed call; the gateway never gives this role to anybody. */
export const isService = (scope: string): Rule =>
  viewerRule(
    `isService:${scope}`,
    (viewer) => orRefuse(viewer.role === "service" && viewer.scopes.includes(scope), viewer),
    `our own programs with the scope \`${scope}\``,
  );

/** Federation reaches entities through these; their fields have rules of their own. */
const federationRules: PermissionMap = {
  Query: { _entities: allow, _service: allow },
  _Service: { sdl: allow },
};

/**
 * Puts the rules around the resolvers of `schema`, in place. Fields that everybody may read are left untouched, so they
 * cost nothing.
 *
 * @throws Error at start when a field has no rule, or a rule has no field: forgetting is not allowing
 */
export function applyPermissions(schema: GraphQLSchema, permissions: PermissionMap): GraphQLSchema {
  const rules = completeRules(schema, permissions);
  const options = { allowExternalErrors: true, fallbackError: forbidden() };
  const guards = shield(rules as IRules, options).generate(schema) as Record<
    string,
    Record<string, Guard | { resolve: Guard }> | undefined
  >;
  for (const [typeName, fields] of Object.entries(rules)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) continue;
    for (const [name, field] of Object.entries(type.getFields())) {
      const guard = guards[typeName]?.[name];
      if (fields[name] === allow || !guard) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      // Combined rules (and, or, chain) come as `{ resolve }`, single ones as a function.
      const check = typeof guard === "function" ? guard : guard.resolve;
      field.resolve = (parent, args, context, info) =>
        listener
          ? observed(`${typeName}.${name}`, check, resolve, [parent, args, context, info])
          : check(resolve, parent, args, context, info);
    }
  }
  return schema;
}

type Guard = (
  resolve: GraphQLFieldResolver<unknown, unknown>,
  ...args: Parameters<GraphQLFieldResolver<unknown, unknown>>
) => unknown;

/** Told of each field that a rule let through or refused. */
export type VerdictListener = (coordinate: string, isAllowed: boolean) => void;

let listener: VerdictListener | undefined;

/** Watches the rules of this process, for tests that want to see each one decide both ways. @returns what ends that */
export function watchVerdicts(given: VerdictListener): () => void {
  listener = given;
  return () => {
    listener = undefined;
  };
}

/** Whether a rule let somebody through shows in whether the resolver was called. */
async function observed(
  coordinate: string,
  check: Guard,
  resolve: GraphQLFieldResolver<unknown, unknown>,
  args: Parameters<GraphQLFieldResolver<unknown, unknown>>,
): Promise<unknown> {
  let isAllowed = false;
  const noted: typeof resolve = (...given) => {
    isAllowed = true;
    return resolve(...given);
  };
  try {
    return await check(noted, ...args);
  } finally {
    listener?.(coordinate, isAllowed);
  }
}

/** Spells out a rule for each field, and complains about every gap at once. */
export function completeRules(schema: GraphQLSchema, permissions: PermissionMap): Record<string, Record<string, Rule>> {
  const problems: string[] = [];
  const complete: Record<string, Record<string, Rule>> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    const given = permissions[type.name];
    const own = given === undefined ? {} : "resolve" in given ? { "*": given as Rule } : given;
    const merged: Record<string, Rule> = {
      ...own,
      ...(federationRules[type.name] as Record<string, Rule> | undefined),
    };
    const fields = Object.keys(type.getFields());
    complete[type.name] = Object.fromEntries(
      fields.flatMap((field) => {
        const found = merged[field] ?? merged["*"];
        if (!found) problems.push(`${type.name}.${field} has no rule`);
        return found ? [[field, found]] : [];
      }),
    );
    problems.push(
      ...Object.keys(own)
        .filter((field) => field !== "*" && !fields.includes(field))
        .map((field) => `${type.name}.${field} does not exist`),
    );
  }
  problems.push(
    ...Object.keys(permissions)
      .filter((name) => !isObjectType(schema.getType(name)))
      .map((name) => `${name} is no object type`),
  );
  if (problems.length > 0) throw new Error(`permissions.ts does not fit the schema: ${problems.join("; ")}.`);
  return complete;
}
