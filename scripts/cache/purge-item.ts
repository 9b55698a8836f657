// One item of `POST /invalidation?v=ours`, from the options of `cache purge`.

export interface PurgeOptions {
  subgraph?: string[];
  type?: string;
  tag?: string;
  entity?: string;
  tenant?: string;
  soft?: boolean;
  wait?: string;
}

/** @throws Error that says which options go together */
export function purgeItems({ soft, wait, ...what }: PurgeOptions): object[] {
  const more = { ...(soft && { soft }), ...(wait !== undefined && { wait }) };
  return whatToPurge(what).map((item) => ({ ...item, ...more }));
}

function whatToPurge({ subgraph = [], type, tag, entity, tenant }: PurgeOptions): object[] {
  const given = Object.keys({ ...(type && { type }), ...(tag && { tag }), ...(entity && { entity }) });
  if (given.length > 1) throw new Error(`Say one of --${given.join(" and --")} at once.`);
  if (subgraph.length > 0 && tenant !== undefined) throw new Error("A --tenant is purged in all subgraphs.");
  if (entity !== undefined) {
    if (subgraph.length > 0) throw new Error("An --entity is purged in all subgraphs.");
    return [{ kind: "entity", ...entityOf(entity), ...(tenant !== undefined && { tenant }) }];
  }
  if (type === undefined && tag === undefined && tenant !== undefined) return [{ kind: "tenant", tenant }];
  if (tenant !== undefined) throw new Error("Types and tags are purged for all tenants.");
  if (subgraph.length === 0) throw new Error("Say what: --subgraph, --type or --tag with it, --entity or --tenant.");
  if (tag !== undefined) return [{ kind: "cache_tag", subgraphs: subgraph, cache_tag: tag }];
  return subgraph.map((name) =>
    type === undefined ? { kind: "subgraph", subgraph: name } : { kind: "type", subgraph: name, type },
  );
}

/** `Product:42`, or a key of other fields: `Price:{"sku":"a"}`. @throws Error */
function entityOf(text: string): { type: string; key: object } {
  const [, type, id] = /^([A-Za-z_]\w*):(.+)$/.exec(text) ?? [];
  if (type === undefined || id === undefined) throw new Error("Name an entity as Type:id.");
  if (!id.startsWith("{")) return { type, key: { id } };
  try {
    return { type, key: JSON.parse(id) as object };
  } catch {
    throw new Error('Write a key of several fields as JSON: Type:{"field":"value"}.');
  }
}
