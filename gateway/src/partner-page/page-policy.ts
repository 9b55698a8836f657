import { createHash } from "node:crypto";
import { contentPolicy } from "../http/pages.ts";
import { style } from "./style.ts";

/** For the header of the pages; the form that asks for a key goes to us. */
export const pagePolicy = contentPolicy({
  "style-src": `'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "img-src": "data:",
  "form-action": "'self'",
});
