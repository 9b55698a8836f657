import { type Context } from "../context.ts";
import { type SignInResult } from "../sign-in.ts";

/** Who has just signed in reads the account in the same answer: the rest of the request is that person's. */
export function goOnAs(context: Context, result: SignInResult): SignInResult {
  if (!result.viewer) return result;
  context.viewer = result.viewer;
  context.loaders = context.loadersFor(result.viewer);
  return result;
}
