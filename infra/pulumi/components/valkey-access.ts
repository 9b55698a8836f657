import { randomBytes } from "node:crypto";
import * as elasticache from "@pulumi/aws/elasticache/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface ValkeyAccessArgs {
  /** User and group are called so; 40 characters at most. */
  name: string;
  /** What programs log in as. */
  userName: string;
}

/**
 * Who may log in to a cache: one user with a password, and no default user without one.
 *
 * The password is none anybody knows: it is drawn when the user is made and forgotten. A person sets another by
 * `aws elasticache modify-user` and puts it into the secret REDIS_URL, so no password in use is in Pulumi's state.
 */
export class ValkeyAccess extends pulumi.ComponentResource {
  readonly user: elasticache.User;
  readonly group: elasticache.UserGroup;

  constructor(name: string, args: ValkeyAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tradegraph:components:ValkeyAccess", name, {}, opts);
    this.user = new elasticache.User(
      name,
      {
        userId: args.name,
        userName: args.userName,
        engine: "valkey",
        // No settings, no other users, and nothing that empties or walks through a whole cache. In the form in which AWS gives it back,
        // or each `up` would want to change it: on, keys, channels, commands, in signs and not in words such as allkeys
        // (hashicorp/terraform-provider-aws#20334), with +@all or -@all in front, which AWS adds where neither is there.
        accessString: "on ~* &* +@all -@admin -flushall -flushdb -keys",
        passwordsWo: pulumi.secret(randomBytes(32).toString("hex")),
        passwordsWoVersion: 1,
      },
      { parent: this, ignoreChanges: ["passwordsWo", "passwordsWoVersion"] },
    );
    this.group = new elasticache.UserGroup(
      name,
      { userGroupId: args.name, engine: "valkey", userIds: [this.user.userId] },
      { parent: this },
    );
    this.registerOutputs();
  }
}
