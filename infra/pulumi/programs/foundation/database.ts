import type * as pulumi from "@pulumi/pulumi";
import { DocumentDb } from "../../components/document-db.ts";
import { type Settings } from "./settings.ts";

/** Where a store is, and with which keys. */
export interface Place {
  name: string;
  subnetIds: pulumi.Output<string>[];
  securityGroupId: pulumi.Output<string>;
  keyArn: pulumi.Output<string>;
  logsKeyArn: pulumi.Output<string>;
}

/** The cluster, or undefined where MongoDB is elsewhere. */
export function makeDatabase(settings: Settings, place: Place, opts: pulumi.ComponentResourceOptions) {
  if (settings.database === "external") return undefined;
  return new DocumentDb(
    "database",
    {
      ...place,
      version: settings.databaseVersion,
      instances: settings.databaseInstances,
      instanceClass: settings.databaseClass,
      capacity: settings.databaseCapacity,
      retentionDays: settings.databaseRetentionDays,
      deletionProtection: settings.protect,
      slowQueryMs: settings.databaseSlowQueryMs,
      changeStreamSeconds: settings.databaseChangeStreamHours * 3600,
      isGlobal: settings.databaseGlobal,
      logRetentionDays: settings.logRetentionDays,
    },
    opts,
  );
}
