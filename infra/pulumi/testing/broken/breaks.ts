// Every security property that a test breaks on purpose (policy/broken.integration.ts).
import { aroundRulesApplication } from "./around-rules-application.ts";
import { aroundRules } from "./around-rules.ts";
import { applicationBreaks } from "./break-application.ts";
import { bootstrapBreaks } from "./break-bootstrap.ts";
import { foundationBreaks } from "./break-foundation.ts";
import { openings } from "./break-openings.ts";
import { type Break } from "./break.ts";

export const breaks: Break[] = [
  ...[bootstrapBreaks, foundationBreaks, applicationBreaks, openings].flat(),
  ...[aroundRules, aroundRulesApplication].flat(),
];
