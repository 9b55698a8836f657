// Keys that wrap data keys: in a file beside the program, or in AWS KMS.

/** What a wrapped key is for; it unwraps with the same only, and KMS writes it into its audit log. */
export type WrappingContext = Readonly<Record<string, string>>;

export interface KeyManagement {
  /** Tells keys apart in listings and errors; stored beside what the key wrapped. No secret. */
  name: string;
  wrap: (key: Uint8Array, context: WrappingContext) => Promise<string>;
  /** @throws Error when another key, or for another context, wrapped it */
  unwrap: (wrapped: string, context: WrappingContext) => Promise<Uint8Array>;
}
