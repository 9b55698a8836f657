// The policy pack "shop": one rule a file in rules/.
import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules.ts";

new PolicyPack("shop", { policies: rules });
