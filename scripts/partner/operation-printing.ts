// What `partner operations` prints about lists and their operations, for people.

export interface OperationListRow {
  id: string;
  name: string;
  status: "PENDING" | "ACTIVE" | "RETIRED";
  operationCount: number;
  activatedAt?: string | null;
  retiredAt?: string | null;
}

export interface OperationRow {
  operationId: string;
  name: string;
  type: "QUERY" | "MUTATION";
  body: string;
  lastUsedAt: string | null;
  uses: number;
}

export const listLine = ({ id, name, status, operationCount, activatedAt, retiredAt }: OperationListRow): string =>
  [
    id,
    status.toLowerCase().padEnd(7),
    name,
    `${operationCount} operations`,
    ...(activatedAt ? [`since ${activatedAt}`] : []),
    ...(retiredAt ? [`until ${retiredAt}`] : []),
  ].join("  ");

export const operationLine = ({ operationId, name, type, lastUsedAt, uses }: OperationRow): string =>
  [
    operationId,
    type.toLowerCase().padEnd(8),
    name,
    lastUsedAt === null ? "never used" : `used ${uses} times, last ${lastUsedAt}`,
  ].join("  ");
