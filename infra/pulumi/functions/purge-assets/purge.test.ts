import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { afterEach, describe, expect, it } from "vitest";
import { type FakeAws, fakeAws } from "../../testing/fake-aws.ts";
import { MOST_PATHS, pathsOf } from "./paths.ts";
import { purge } from "./purge.ts";

const message = (messageId: string, ...keys: string[]) => ({
  messageId,
  body: JSON.stringify({ Records: keys.map((key) => ({ eventName: "ObjectCreated:Put", s3: { object: { key } } })) }),
});

describe("paths of changed objects", () => {
  it("are those of the CDN, each once, decoded from what S3 writes", () => {
    const { paths } = pathsOf([
      message("1", "assets/Blue+chair+%281%29.jpg", "assets/a.jpg"),
      message("2", "assets/a.jpg", "private/list.csv"),
    ]);
    expect(paths).toEqual(["/assets/Blue%20chair%20(1).jpg", "/assets/a.jpg"]);
  });

  it("take no star from a key for a wildcard", () => {
    expect(pathsOf([message("1", "assets/*")]).paths).toEqual(["/assets/%2A"]);
  });

  it("become one wildcard where an upload has more than is worth its price", () => {
    const keys = (count: number) => Array.from({ length: count }, (_, index) => `assets/${index}.jpg`);
    expect(pathsOf([message("1", ...keys(MOST_PATHS))]).paths).toHaveLength(MOST_PATHS);
    expect(pathsOf([message("1", ...keys(MOST_PATHS + 1))]).paths).toEqual(["/assets/*"]);
  });

  it("pass over S3's own test message, and name messages that nobody can read", () => {
    const test = { messageId: "test", body: JSON.stringify({ Event: "s3:TestEvent", Bucket: "assets" }) };
    expect(pathsOf([test, { messageId: "broken", body: "{" }, message("bad", "assets/%E0%A4%A.jpg")])).toEqual({
      paths: [],
      unreadable: ["broken", "bad"],
    });
  });
});

describe("the purge", () => {
  let aws: FakeAws;
  afterEach(() => aws.close());
  const DONE = { status: 201, body: "<Invalidation><Id>I1</Id><Status>InProgress</Status></Invalidation>" };

  it("sends one invalidation for a batch, and the same reference for the same batch", async () => {
    aws = await fakeAws(() => DONE);
    const client = new CloudFrontClient(aws.client);
    const batch = [message("1", "assets/a.jpg"), message("2", "assets/b.jpg")];
    await purge(client, "E1", batch);
    await purge(client, "E1", batch);
    await purge(client, "E1", [message("3", "assets/a.jpg")]);
    expect(aws.sent[0]?.path).toMatch(/^\/[\d-]+\/distribution\/E1\/invalidation$/);
    expect(aws.sent[0]?.body).toContain("<Path>/assets/a.jpg</Path><Path>/assets/b.jpg</Path>");
    const references = aws.sent.map(({ body }) => /<CallerReference>(\w+)</.exec(body)?.[1]);
    expect(references[0]).toBe(references[1]);
    expect(references[2]).not.toBe(references[0]);
  });

  it("asks for nothing where nothing served has changed, and gives unreadable messages back", async () => {
    aws = await fakeAws(() => DONE);
    const done = await purge(new CloudFrontClient(aws.client), "E1", [{ messageId: "x", body: "?" }]);
    expect(done.batchItemFailures).toEqual([{ itemIdentifier: "x" }]);
    expect(aws.sent).toEqual([]);
  });

  it("fails as a whole where CloudFront has too much to do, so that the queue brings it again", async () => {
    const body = `<ErrorResponse><Error><Code>TooManyInvalidationsInProgress</Code><Message>wait</Message></Error></ErrorResponse>`;
    aws = await fakeAws(() => ({ status: 400, body }));
    const purging = purge(new CloudFrontClient(aws.client), "E1", [message("1", "assets/a.jpg")]);
    await expect(purging).rejects.toThrow(expect.objectContaining({ name: "TooManyInvalidationsInProgress" }));
  });
});
