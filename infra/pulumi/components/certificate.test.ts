import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { Certificate } from "./certificate.ts";
import { DnsRecords } from "./dns-records.ts";

const domains: [string, string] = ["api.example.com", "acme.example.com"];
/** As AWS answers: in an order of its own. */
const proofs = [...domains].reverse().map((domainName) => ({
  domainName,
  resourceRecordName: `_x.${domainName}.`,
  resourceRecordType: "CNAME",
  resourceRecordValue: `_y.${domainName}.acm-validations.aws.`,
}));

const made = async (regions: ("us-east-1" | "eu-west-1")[]) => {
  const recorded = await mockEngine("dev", {
    "acm.Certificate": () => ({ domainValidationOptions: proofs }),
    "route53.Record": ({ inputs }) => ({ fqdn: inputs["name"] }),
  });
  const certificate = new Certificate("certificate", { domains, zoneId: "Z1", regions });
  return { recorded, certificate };
};

describe("Certificate", () => {
  it("proves each domain by its own record", async () => {
    const { recorded } = await made(["us-east-1"]);
    const records = (await recorded.ofKind("route53.Record")).map(({ name, inputs }) => [
      name,
      inputs["name"],
      inputs["records"],
    ]);
    expect(records).toEqual(
      domains.map((domain) => [`certificate-${domain}`, `_x.${domain}.`, [`_y.${domain}.acm-validations.aws.`]]),
    );
  });

  it("is made once for each region, with the same records", async () => {
    const { recorded, certificate } = await made(["eu-west-1", "us-east-1"]);
    const regions = (await recorded.ofKind("acm.Certificate")).map(({ inputs }) => inputs["region"]);
    expect(regions).toEqual(["eu-west-1", "us-east-1"]);
    expect(await recorded.ofKind("route53.Record")).toHaveLength(2);
    expect(Object.keys(certificate.arns)).toEqual(["eu-west-1", "us-east-1"]);
    const one = await made(["us-east-1", "us-east-1"]);
    expect(await one.recorded.ofKind("acm.Certificate")).toHaveLength(1);
  });

  it("is not used before AWS has seen the proof", async () => {
    const { recorded } = await made(["us-east-1"]);
    const { inputs } = await recorded.only("acm.CertificateValidation");
    expect(inputs["validationRecordFqdns"]).toEqual(domains.map((domain) => `_x.${domain}.`));
  });
});

describe("DnsRecords", () => {
  it("names the shop over IPv4 and IPv6", async () => {
    const recorded = await mockEngine();
    new DnsRecords("names", { domains, zoneId: "Z1", target: { domainName: "d1.example", hostedZoneId: "Z2" } });
    const records = await recorded.ofKind("route53.Record");
    expect(records.map(({ inputs }) => `${String(inputs["name"])} ${String(inputs["type"])}`)).toEqual([
      "api.example.com A",
      "api.example.com AAAA",
      "acme.example.com A",
      "acme.example.com AAAA",
    ]);
    expect(records[0]?.inputs["aliases"]).toEqual([{ name: "d1.example", zoneId: "Z2", evaluateTargetHealth: false }]);
  });
});
