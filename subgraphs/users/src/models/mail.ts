import { type BaseDocument, defineSchema } from "@tradegraph/kit/model";
import { type Sealed, sealedField } from "@tradegraph/kit/sealed-field";

/** What a message is about; the texts are in `mail/`. */
export const mailTemplates = ["verify-email", "password-reset", "password-changed", "invitation"] as const;
export type MailTemplate = (typeof mailTemplates)[number];

/** Longest content in bytes. */
export const longestContent = 20_000;

/** A message on its way; see `commands/send-mails.ts`. */
export interface MailDocument extends BaseDocument {
  template: MailTemplate;
  /** JSON of a `MailContent`, sealed; gone once the message is sent or given up. */
  content?: Sealed;
  /** Flag for the partial index: it is still to be sent. */
  isWaiting: boolean;
  /** Somebody waits for it to go on; it does not wait behind invitations, which others may send in numbers. */
  isUrgent: boolean;
  /** No try before this; a try puts it off, so that no other worker takes the message meanwhile. */
  dueAt: Date;
  attempts: number;
  /** Code of the latest failure, such as `ECONNREFUSED` or `451`. */
  failure?: string;
  sentAt?: Date;
  /** When it is given up, sent or not. */
  giveUpAt: Date;
  /** When the document is removed. */
  expiresAt: Date;
}

export const mailSchema = defineSchema<MailDocument>({
  template: { type: String, required: true, enum: [...mailTemplates], dataClass: "internal" },
  content: sealedField(longestContent),
  isWaiting: { type: Boolean, required: true, dataClass: "internal" },
  isUrgent: { type: Boolean, required: true, dataClass: "internal" },
  dueAt: { type: Date, required: true, dataClass: "internal" },
  attempts: { type: Number, required: true, default: 0, min: 0, dataClass: "internal" },
  failure: { type: String, maxlength: 40, dataClass: "internal" },
  sentAt: { type: Date, dataClass: "internal" },
  giveUpAt: { type: Date, required: true, dataClass: "internal" },
  expiresAt: { type: Date, required: true, dataClass: "internal" },
});

// One worker sends the messages of all shops.
mailSchema.index({ isUrgent: 1, dueAt: 1 }, { partialFilterExpression: { isWaiting: true } });
mailSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
