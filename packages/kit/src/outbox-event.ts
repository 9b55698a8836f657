// An event as it is published: what stood in the outbox of a document, with its place in the sequence of the publisher.
import { z } from "zod";
import { type Actor } from "./outbox.ts";
import { tenantIdPattern, viewerRoles } from "./viewer.ts";

const text = (most: number) => z.string().max(most);

const actor = z.object({
  role: z.enum(viewerRoles),
  userId: text(24).optional(),
  partnerId: text(24).optional(),
  companyId: text(24).optional(),
  sessionId: text(24).optional(),
  address: text(64).optional(),
  requestId: text(128).optional(),
}) as z.ZodType<Actor>;

const eventSchema = z.object({
  sequence: z.int().min(1),
  tenantId: z.string().regex(tenantIdPattern),
  eventId: z.string().regex(/^[0-9a-f]{24}$/),
  type: text(64),
  at: z.coerce.date(),
  entity: z.object({ type: text(64), id: text(64) }),
  actor,
  data: z.record(z.string(), z.unknown()).optional(),
});

export interface OutboxEvent {
  /** 1, 2, 3 … for each publisher, without gaps. */
  sequence: number;
  tenantId: string;
  /** The same for every repetition. */
  eventId: string;
  type: string;
  at: Date;
  entity: { type: string; id: string };
  actor: Actor;
  data?: Record<string, unknown> | undefined;
}

/** An event with the one before it named, so that a reader sees whether it follows what it holds. */
export interface FollowingEvent extends OutboxEvent {
  /** Event id of the one before; empty for the first. */
  previous: string;
}

/** Of an event, or of none. */
export const eventIdOrNone = z.string().regex(/^([0-9a-f]{24})?$/);

/**
 * Where a consumer has come to. A number alone would not do: a publisher that was restored from a backup gives the same
 * numbers, under the same name, to other events.
 */
export interface EventPosition {
  /** Name of the sequence. */
  log: string;
  /** Place of the last event taken over; 0 before the first. */
  sequence: number;
  /** Event id of that one; empty before the first. */
  eventId: string;
}

export interface EventPage {
  /** Name of the sequence, another one for each database. */
  log: string;
  /** Whether the sequence has the event of the position that was asked from, at its place; without it no events come. */
  follows: boolean;
  events: OutboxEvent[];
  /** Sequence of the newest event; 0 before the first. */
  last: number;
}

const pageSchema = z.object({
  log: z.uuid(),
  follows: z.boolean(),
  events: z.array(eventSchema),
  last: z.int().min(0),
});

const followingSchema = eventSchema.extend({ previous: eventIdOrNone });

/** @throws SyntaxError or ZodError for what is no event of a stream */
export const parseEvent = (text: string): FollowingEvent => followingSchema.parse(JSON.parse(text));

/** @throws ZodError for what is no page */
export const parseEventPage = (value: unknown): EventPage => pageSchema.parse(value);
