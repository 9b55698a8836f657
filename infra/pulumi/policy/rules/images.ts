import * as ecr from "@pulumi/aws/ecr/index.js";
import * as ecs from "@pulumi/aws/ecs/index.js";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { known } from "../unknown.ts";

/** What was tested is what runs: tags never move, images are scanned, tasks name an image by its digest. */
export const images: ResourceValidationPolicy = {
  name: "images",
  description: "Image tags are immutable, images are scanned, and tasks run images by digest.",
  enforcementLevel: "mandatory",
  severity: "high",
  validateResource: [
    validateResourceOfType(ecr.Repository, (repository, _, report) => {
      if (repository.imageTagMutability !== "IMMUTABLE") report("imageTagMutability is not IMMUTABLE");
      if (repository.imageScanningConfiguration?.scanOnPush !== true) report("scanOnPush is not true");
    }),
    validateResourceOfType(ecs.TaskDefinition, (task, _, report) => {
      const text = known(() => task.containerDefinitions);
      if (text === undefined) return;
      for (const { name, image = "" } of JSON.parse(text) as { name?: string; image?: string }[]) {
        if (!/@sha256:[0-9a-f]{64}$/.test(image)) {
          report(`container ${name} runs ${image || "no image"}, which has no digest`);
        }
      }
    }),
  ],
};
