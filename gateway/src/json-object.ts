export type JsonObject = Record<string, unknown>;

/** Whether something that was read from JSON has members by name. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
