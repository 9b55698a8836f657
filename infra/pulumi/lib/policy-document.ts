// IAM policies as typed objects instead of text.
import * as pulumi from "@pulumi/pulumi";

type Text = pulumi.Input<string>;
type Texts = pulumi.Input<pulumi.Input<string>[]> | Text;

export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, Texts>;
  Action: string | string[];
  Resource?: Texts;
  /** Everything but these. */
  NotResource?: Texts;
  Condition?: Record<string, Record<string, Texts>>;
}

/** The policy as JSON text. */
export const policyDocument = (...statements: Statement[]): pulumi.Output<string> =>
  pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });

/** Who may take a role: an AWS service. */
export const trustService = (service: string): pulumi.Output<string> =>
  policyDocument({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });

/** Refuses everybody an action over every connection without TLS. */
export const tlsOnly = (Action: string, Resource: Texts): Statement => ({
  ...{ Sid: "TlsOnly", Effect: "Deny", Principal: "*", Action, Resource },
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
