import { type Limit } from "@tradegraph/kit/concurrency";
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type RequestContext } from "@tradegraph/kit/admission";
import { type SessionTags } from "@tradegraph/kit/session-tag";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type SignalKeys } from "./key-signal.ts";
import { type Loaders } from "./loaders.ts";
import { type Links } from "./mail/links.ts";
import { type Models } from "./models.ts";
import { type CheckOperations } from "./operation-check.ts";
import { type SignalOperations } from "./operation-signal.ts";
import { type Passwords } from "./password.ts";
import { type TokenIssuer } from "./token-issuer.ts";

/** What resolvers of this subgraph work with, fresh for each request. */
export interface Context extends RequestContext {
  cipher: FieldCipher;
  /** Where links of messages lead. */
  links: Links;
  models: Models;
  loaders: Loaders;
  passwords: Passwords;
  /** Tells gateways that API keys have changed. */
  signalKeys: SignalKeys;
  /** Tells gateways that the operations of a partner have changed. */
  signalOperations: SignalOperations;
  checkOperations: CheckOperations;
  tokens: TokenIssuer;
  sessionTags: SessionTags;
  /** Runs pages inside lists, a few at a time. */
  nested: Limit;
  /** For the moment when the viewer becomes another: signing in. */
  loadersFor: (viewer: Viewer) => Loaders;
}
