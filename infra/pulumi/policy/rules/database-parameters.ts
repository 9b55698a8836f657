import * as docdb from "@pulumi/aws/docdb/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";

/** Values a parameter may have. TLS 1.3 alone, by SEC-3; audit of all that changes rights, schema or data, or `all`. */
const WANTED: Record<string, RegExp> = {
  tls: /^tls1\.3\+$/,
  audit_logs: /^(?:enabled|all|[a-z,]*\bdml_write\b[a-z,]*)$/,
  profiler: /^enabled$/,
};

/** The database speaks TLS 1.3 only, audits, and writes down slow operations. */
export const databaseParameters: ResourceValidationPolicy = {
  name: "database-parameters",
  description: "Parameters of DocumentDB: TLS 1.3 only, audit and profiler on.",
  enforcementLevel: "mandatory",
  severity: "critical",
  validateResource: validateResourceOfType(docdb.ClusterParameterGroup, ({ parameters }, _, report) => {
    for (const [name, wanted] of Object.entries(WANTED)) {
      const value = parameters?.find((parameter) => parameter.name === name)?.value;
      if (value === undefined) report(`${name} is not set`);
      else if (!wanted.test(value)) report(`${name} is ${value}`);
    }
  }),
};
