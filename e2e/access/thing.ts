// What the makers of things take and give.
import { type Types } from "mongoose";
import { type InProcessGraph } from "./in-process-graph.ts";
import { type Actor, type Companies, homeTenant, otherTenant } from "./people.ts";
import { type Relation } from "./roles.ts";

/** What a test knows of a thing: its id, and what else names it. */
export interface Thing {
  id: string;
  tenantId: string;
  /** Number, slug, sku, token: whatever else leads to it. */
  name?: string;
  /** Who has it. */
  ownerId?: string;
  email?: string;
  companyId?: string;
  productId?: string;
  version?: number;
  at?: Date;
}

export interface Place {
  graph: InProcessGraph;
  companies: Companies;
  actor: Actor;
  relation: Relation;
}

export const later = () => new Date(Date.now() + 3_600_000);
export const euro = (amount: number) => ({ amount, currency: "EUR" });
export const tenantOf = ({ relation }: Place) => (relation === "otherTenant" ? otherTenant : homeTenant);
export const hexOf = (id: Types.ObjectId) => id.toHexString();
