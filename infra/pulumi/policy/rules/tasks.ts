import * as codebuild from "@pulumi/aws/codebuild/index.js";
import * as ecs from "@pulumi/aws/ecs/index.js";
import * as lambda from "@pulumi/aws/lambda/index.js";
import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { stackOf } from "../floors.ts";
import { isSet, known } from "../unknown.ts";

interface Container {
  name?: string;
  image?: string;
  user?: string;
  privileged?: boolean;
  readonlyRootFilesystem?: boolean;
  linuxParameters?: { capabilities?: { add?: string[] } };
  environment?: { name: string; value?: string }[];
}

/** What a development machine may leave open, and nothing on the Internet. */
const OPEN: Record<string, RegExp> = {
  NODE_ENV: /^(?:development|test)$/,
  TRUST_TENANT_HEADER: /^(?:1|true|yes|on|y|enabled)$/i,
  GUARDS_OFF: /./,
  CORS_ORIGIN: /\*/,
  INTROSPECTION: /^(?:1|true|yes|on|y|enabled)$/i,
};
const SECRET =
  /(?:PASSWORD|DATABASE_OWNER|MAIL_URL|SECRET|TOKEN|PRIVATE_KEY|SIGNING_KEYS|ENCRYPTION_KEYS|INVALIDATION_KEYS|SENTRY_DSN|OTLP_HEADERS)$/;
const LOGIN = /^\w+(?:\+\w+)?:\/\/[^/\s:@]*:[^/\s@]+@/;

function plain(where: string, variables: { name: string; value?: string }[], report: ReportViolation): void {
  for (const { name, value = "" } of variables) {
    if (value !== "" && (SECRET.test(name) || LOGIN.test(value) || value.includes("PRIVATE KEY-----"))) {
      report(`${where} has ${name} in plain: take it from Secrets Manager`);
    }
  }
}

function look(container: Container, isProd: boolean, report: ReportViolation): void {
  const {
    name = "",
    image = "",
    user = "",
    privileged,
    readonlyRootFilesystem,
    linuxParameters,
    environment,
  } = container;
  // The collectors of AWS have a user of their own inside.
  const isOurs = !image.startsWith("public.ecr.aws/aws-observability/");
  if (isOurs && /^(?:|0|root)(?::|$)/.test(user)) report(`container ${name} runs as root`);
  if (privileged === true) report(`container ${name} is privileged`);
  if (readonlyRootFilesystem !== true) report(`container ${name} can write to its own files`);
  const added = linuxParameters?.capabilities?.add ?? [];
  if (added.length > 0) report(`container ${name} has the rights ${added.join(", ")} of the kernel`);
  plain(`container ${name}`, environment ?? [], report);
  for (const { name: setting, value = "" } of environment ?? []) {
    if (OPEN[setting]?.test(value)) report(`container ${name} has ${setting}=${value}, which is for development`);
    // SEC-5: in production who asks too often is refused.
    if (isProd && setting === "RATE_LIMIT_MODE" && value !== "enforce")
      report(`container ${name} only counts who asks too often`);
  }
}

/** A program that somebody has taken over finds nothing to write, no rights, no shell and no secret to read (SEC-4). */
export const tasks: ResourceValidationPolicy = {
  name: "tasks",
  description: "Containers run as a user, read-only, without rights of the kernel, secrets in plain or a way in.",
  enforcementLevel: "mandatory",
  severity: "high",
  validateResource: [
    validateResourceOfType(ecs.TaskDefinition, (task, { urn }, report) => {
      for (const volume of known(() => task.volumes) ?? []) {
        const files = volume.efsVolumeConfiguration;
        if (files && files.transitEncryption !== "ENABLED")
          report(`volume ${volume.name} goes over the network in plain`);
        // Without both, whoever is in the network sees all files of all programs.
        const login = files?.authorizationConfig;
        if (files && (login?.iam !== "ENABLED" || !isSet(() => login.accessPointId)))
          report(`volume ${volume.name} is open to everybody in the network`);
      }
      const text = known(() => task.containerDefinitions);
      for (const container of text === undefined ? [] : (JSON.parse(text) as Container[]))
        look(container, stackOf(urn) === "prod", report);
    }),
    validateResourceOfType(ecs.Service, ({ enableExecuteCommand }, _, report) => {
      if (enableExecuteCommand === true) report("enableExecuteCommand opens a shell in its tasks");
    }),
    validateResourceOfType(lambda.Function, (made, _, report) => {
      const variables = known(() => made.environment?.variables) ?? {};
      const given = Object.keys(variables).map((name) => ({ name, value: known(() => variables[name]) ?? "" }));
      plain("the function", given, report);
    }),
    validateResourceOfType(codebuild.Project, ({ environment }, _, report) => {
      const variables = known(() => environment?.environmentVariables) ?? [];
      const given = variables.filter(({ type = "PLAINTEXT" }) => type === "PLAINTEXT");
      plain(
        "the build",
        given.map(({ name, value }) => ({ name, value: known(() => value) ?? "" })),
        report,
      );
    }),
  ],
};
