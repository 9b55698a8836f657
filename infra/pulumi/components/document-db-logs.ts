import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface DocumentDbLogsArgs {
  cluster: string;
  keyArn: pulumi.Input<string>;
  retentionInDays: number;
}

/** Log groups by the names DocumentDB uses, made before it would make them itself: without a key and kept for ever. */
export class DocumentDbLogs extends pulumi.ComponentResource {
  constructor(name: string, args: DocumentDbLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:DocumentDbLogs", name, {}, opts);
    for (const log of ["audit", "profiler"]) {
      new cloudwatch.LogGroup(
        `${name}-${log}`,
        { name: `/aws/docdb/${args.cluster}/${log}`, kmsKeyId: args.keyArn, retentionInDays: args.retentionInDays },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}
