// Functions of the provider we call. Others are refused, loudly: an answer nobody looked at would prove nothing.
import { hash, type Place } from "./outputs.ts";
import { type Properties } from "./struct.ts";

type Answer = (args: Properties, place: Place) => Properties;

const inRegion = (args: Properties, place: Place) =>
  typeof args["region"] === "string" ? args["region"] : place.region;

const answers: Record<string, Answer> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({
    id: account,
    accountId: account,
    arn: `arn:aws:iam::${account}:user/stub`,
    userId: "AIDASTUB",
  }),
  "aws:index/getRegion:getRegion": (args, place) => {
    const region = inRegion(args, place);
    return { id: region, name: region, region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
  },
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (args, place) => {
    const region = inRegion(args, place);
    const letters = ["a", "b", "c"];
    return {
      id: region,
      region,
      names: letters.map((letter) => region + letter),
      zoneIds: letters.map((_, index) => `${hash(region, 4)}-az${index + 1}`),
      groupNames: [region],
    };
  },
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": (args, place) => ({
    ...args,
    id: `pl-${hash(String(args["name"]), 8)}`,
    arn: `arn:aws:ec2:${place.region}:aws:prefix-list/pl-${hash(String(args["name"]), 8)}`,
    name: args["name"],
    addressFamily: "IPv4",
    entries: [],
    maxEntries: 55,
    ownerId: "AWS",
    tags: {},
    version: 1,
  }),
};

/**
 * The answer of a provider function.
 * @throws where no answer was written for it.
 */
export function invoke(token: string, args: Properties, place: Place): Properties {
  const answer = answers[token];
  if (!answer) throw new Error(`the stub of AWS has no answer for ${token}: write one in testing/aws-stub/invokes.ts`);
  return answer(args, place);
}
