// One person's data, which every subgraph gives out and erases alike (GDPR, ruling 27): two signed calls each. See
// docs/PRIVACY.md for what is exported, erased and kept.
import { type Types } from "mongoose";
import { z } from "zod";
import { type RequestContext } from "./admission.ts";
import { badUserInput } from "./errors.ts";
import { type InternalRoutes } from "./internal-routes.ts";
import { toObjectId } from "./node-id.ts";
import { type Connection } from "./pagination.ts";

/** Part of what there is about a person, such as their orders. */
export interface PersonSource {
  /** Name under which the export lists it. */
  name: string;
  /** One page, after a cursor of the last one. Values are JSON, opened where they were sealed; secrets are left out. */
  read: (userId: Types.ObjectId, after: string | undefined) => Promise<PersonPage>;
}

export interface PersonPage {
  records: object[];
  /** Where the next page begins; absent after the last. */
  next?: string | undefined;
}

export interface PersonData {
  /** In the order in which the export lists them. */
  sources: PersonSource[];
  /**
   * Takes the person out. Repeating it does no harm and finishes what an earlier call left.
   *
   * @returns how many of what were changed or removed
   * @throws PublicError NOT_FOUND where people have accounts, CONFLICT when it must not be
   */
  erase: (userId: Types.ObjectId, context: RequestContext) => Promise<Record<string, number>>;
  /** Called when somebody begins to read: where people have accounts, it is written down. @throws PublicError NOT_FOUND */
  onExport?: (userId: Types.ObjectId, context: RequestContext) => Promise<void>;
}

export interface PersonExportPage {
  /** Records by the name of their source. */
  records: Record<string, object[]>;
  /** Where the next page begins: send it with the next request. Absent at the end. */
  next?: { source: string; after?: string | undefined } | undefined;
}

/** Records of one page. */
export const personPageSize = 100;

/** A page of a list, as an export hands it on. @example pageOf(await readConnection(…), (order) => ({ … })) */
export async function personPage<N>(
  { nodes, pageInfo }: Connection<N>,
  recordOf: (node: N) => object | Promise<object>,
): Promise<PersonPage> {
  const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined;
  return { records: await Promise.all(nodes.map(recordOf)), next };
}

/** A list that a cap keeps short, whole. */
export const personList = (records: object[]): PersonPage => ({ records });

const userId = z.string().transform((text) => toObjectId(text, "userId"));
const exportRequest = z.object({
  userId,
  next: z.object({ source: z.string(), after: z.string().optional() }).optional(),
});
const eraseRequest = z.object({ userId });

/** @throws PublicError BAD_USER_INPUT */
function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw badUserInput("Send `userId`, and `next` as the last answer had it.", parsed.error.issues[0]?.path.map(String));
}

/** The routes `person-export` and `person-erase` of a subgraph. */
export function personRoutes({ sources, erase, onExport }: PersonData): InternalRoutes {
  return {
    async "person-export"(body, context): Promise<PersonExportPage> {
      const { userId: id, next } = parseBody(exportRequest, body);
      if (!next) await onExport?.(id, context);
      const place = next ? sources.findIndex(({ name }) => name === next.source) : 0;
      const source = sources[place];
      if (!source) {
        if (next) throw badUserInput("There is no such part of a person's data.", ["next"]);
        return { records: {} };
      }
      const page = await source.read(id, next?.after);
      const following = sources[place + 1];
      return {
        records: { [source.name]: page.records },
        ...(page.next !== undefined
          ? { next: { source: source.name, after: page.next } }
          : following && { next: { source: following.name } }),
      };
    },
    async "person-erase"(body, context) {
      return erase(parseBody(eraseRequest, body).userId, context);
    },
  };
}
