// What `partner` prints about partners and keys, for people.

export interface PartnerRow {
  id: string;
  name: string;
  contactEmail: string;
  isActive: boolean;
}

export interface KeyRow {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  allowedAddresses: string[];
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export const partnerLine = ({ id, name, contactEmail, isActive }: PartnerRow): string =>
  [id, isActive ? "active  " : "inactive", name, `<${contactEmail}>`].join("  ");

const stateOf = ({ revokedAt, expiresAt }: KeyRow) =>
  revokedAt !== null
    ? `ended ${revokedAt}`
    : `${Date.parse(expiresAt) > Date.now() ? "until" : "expired"} ${expiresAt}`;

export const keyLine = (key: KeyRow): string =>
  [
    key.id,
    key.prefix,
    key.name,
    key.scopes.join(" "),
    key.allowedAddresses.length > 0 ? `from ${key.allowedAddresses.join(" ")}` : "from everywhere",
    stateOf(key),
    key.lastUsedAt === null ? "never used" : `last used ${key.lastUsedAt}`,
  ].join("  ");
