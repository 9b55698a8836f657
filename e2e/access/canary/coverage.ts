import { type Secrets, leaksIn } from "./secrets.ts";

/** Notes which fields of an answer show something of the other tenant, by the aliases that name them, and its cursors. */
export function marksSeen(value: unknown, secrets: Secrets, found: { seen: Set<string>; cursors: Set<string> }): void {
  if (Array.isArray(value)) for (const item of value) marksSeen(item, secrets, found);
  else if (typeof value === "object" && value !== null)
    for (const [alias, inner] of Object.entries(value)) {
      const [, typeName, name] = /^(\w+?)__(\w+)$/.exec(alias) ?? [];
      const texts = [inner].flat().filter((one) => typeof one === "string");
      if (typeName !== undefined && texts.some((text) => leaksIn(secrets, text, []).length > 0)) {
        found.seen.add(`${typeName}.${name ?? ""}`);
        if (/cursor$/i.test(name ?? "")) for (const text of texts) found.cursors.add(text);
      }
      marksSeen(inner, secrets, found);
    }
}
