import * as ecs from "@pulumi/aws/ecs/index.js";
import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { known } from "../unknown.ts";

interface Container {
  name?: string;
  image?: string;
  user?: string;
  privileged?: boolean;
  readonlyRootFilesystem?: boolean;
  linuxParameters?: { capabilities?: { add?: string[] } };
  environment?: { name: string; value?: string }[];
}

const SECRET = /(?:PASSWORD|SECRET|TOKEN|PRIVATE_KEY|SIGNING_KEYS|ENCRYPTION_KEYS|INVALIDATION_KEYS)$/;
const LOGIN = /^\w+(?:\+\w+)?:\/\/[^/\s:@]*:[^/\s@]+@/;

function look(container: Container, report: ReportViolation): void {
  const {
    name = "",
    image = "",
    user = "",
    privileged,
    readonlyRootFilesystem,
    linuxParameters,
    environment,
  } = container;
  // Images of AWS's own (collectors) have a user of their own inside.
  const isOurs = !image.startsWith("public.ecr.aws/");
  if (isOurs && /^(?:|0|root)(?::|$)/.test(user)) report(`container ${name} runs as root`);
  if (privileged === true) report(`container ${name} is privileged`);
  if (readonlyRootFilesystem !== true) report(`container ${name} can write to its own files`);
  const added = linuxParameters?.capabilities?.add ?? [];
  if (added.length > 0) report(`container ${name} has the rights ${added.join(", ")} of the kernel`);
  for (const { name: setting, value = "" } of environment ?? []) {
    if (value !== "" && (SECRET.test(setting) || LOGIN.test(value))) {
      report(`container ${name} has ${setting} in plain: take it from Secrets Manager`);
    }
  }
}

/** A program that somebody has taken over finds nothing to write, no rights, no shell and no secret to read (SEC-4). */
export const tasks: ResourceValidationPolicy = {
  name: "tasks",
  description: "Containers run as a user, read-only, without rights of the kernel, secrets in plain or a way in.",
  enforcementLevel: "mandatory",
  severity: "high",
  validateResource: [
    validateResourceOfType(ecs.TaskDefinition, (task, _, report) => {
      for (const volume of known(() => task.volumes) ?? []) {
        const files = volume.efsVolumeConfiguration;
        if (files && files.transitEncryption !== "ENABLED")
          report(`volume ${volume.name} goes over the network in plain`);
      }
      const text = known(() => task.containerDefinitions);
      for (const container of text === undefined ? [] : (JSON.parse(text) as Container[])) look(container, report);
    }),
    validateResourceOfType(ecs.Service, ({ enableExecuteCommand }, _, report) => {
      if (enableExecuteCommand === true) report("enableExecuteCommand opens a shell in its tasks");
    }),
  ],
};
