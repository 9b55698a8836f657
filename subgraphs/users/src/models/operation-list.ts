// A list is one document, so that it is activated with exactly what it held when it was checked.
import { type BaseDocument, defineSchema, embedded } from "@tradegraph/kit/model";
import { operationIdPattern } from "@tradegraph/kit/operation-text";
import { outboxFields, outboxIndex, type WithOutbox } from "@tradegraph/kit/outbox";
import { Schema, type Types } from "mongoose";
import { operationListStatuses, type StoredOperationListStatus, type StoredOperationType } from "../enums.ts";

/** Lists kept for each partner; the oldest retired ones make room. */
export const mostLists = 20;
/** Lists of a partner that are active at once: releases of its programs that are in use. */
export const mostActiveLists = 4;
/** A plain list has 100 elements at most (ruling 14); larger releases are several lists. */
export const mostOperations = 100;
/** Operations in one call: the gateway takes bodies of 100 KB. */
export const mostAddedOperations = 50;
/** Of one document, in bytes. */
export const longestBody = 65_536;
/** Of all documents of a list, in bytes: a document of MongoDB has 16 MB, and gateways read all active lists at once. */
export const mostListBytes = 4_194_304;

export const listNamePattern = /^[A-Za-z0-9][\w.-]{0,49}$/;

export interface StoredOperation {
  operationId: string;
  name: string;
  type: StoredOperationType;
  body: string;
  /** For people; the key says who asks. */
  clientName?: string;
}

export interface OperationListDocument extends BaseDocument, WithOutbox {
  partnerId: Types.ObjectId;
  name: string;
  status: StoredOperationListStatus;
  /** In the order they were added; never changed once the list is active. */
  operations: StoredOperation[];
  /** Bytes of all bodies. */
  bytes: number;
  /** Place among the lists of the partner. Unique, so that no race goes past the limit. */
  slot: number;
  /** Place among the active ones; unique in the same way. */
  activeSlot?: number;
  /** Flag for the partial index. */
  isActive: boolean;
  createdBy: Types.ObjectId;
  activatedBy?: Types.ObjectId;
  activatedAt?: Date;
  retiredBy?: Types.ObjectId;
  retiredAt?: Date;
}

/** An operation with the list that it is shown in; its text is read when it is asked for. */
export interface ListedOperationRecord extends Omit<StoredOperation, "body"> {
  listId: Types.ObjectId;
}

const operationSchema = embedded({
  operationId: { type: String, required: true, match: operationIdPattern, dataClass: "internal" },
  name: { type: String, required: true, maxlength: 200, dataClass: "confidential" },
  type: { type: String, required: true, enum: ["query", "mutation"], dataClass: "internal" },
  body: { type: String, required: true, maxlength: longestBody, dataClass: "confidential" },
  clientName: { type: String, maxlength: 100, dataClass: "confidential" },
});

export const operationListSchema = defineSchema<OperationListDocument>({
  partnerId: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  name: { type: String, required: true, match: listNamePattern, dataClass: "internal" },
  status: { type: String, required: true, enum: [...operationListStatuses], default: "pending", dataClass: "internal" },
  operations: { type: [operationSchema], required: true, maxItems: mostOperations, default: [] },
  bytes: { type: Number, required: true, min: 0, max: mostListBytes, default: 0, dataClass: "internal" },
  slot: { type: Number, required: true, min: 0, max: mostLists - 1, dataClass: "internal" },
  activeSlot: { type: Number, min: 0, max: mostActiveLists - 1, dataClass: "internal" },
  isActive: { type: Boolean, required: true, default: false, dataClass: "internal" },
  createdBy: { type: Schema.Types.ObjectId, required: true, dataClass: "internal" },
  activatedBy: { type: Schema.Types.ObjectId, dataClass: "internal" },
  activatedAt: { type: Date, dataClass: "internal" },
  retiredBy: { type: Schema.Types.ObjectId, dataClass: "internal" },
  retiredAt: { type: Date, dataClass: "internal" },
  ...outboxFields,
});

operationListSchema.index({ tenantId: 1, partnerId: 1, name: 1 }, { unique: true });
operationListSchema.index({ tenantId: 1, partnerId: 1, slot: 1 }, { unique: true });
operationListSchema.index(
  { tenantId: 1, partnerId: 1, activeSlot: 1 },
  { unique: true, partialFilterExpression: { isActive: true } },
);
operationListSchema.index(...outboxIndex);
