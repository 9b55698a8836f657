// HTTP requests that reach the new version of the gateway behind the load balancer.
import { type RequestOptions, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";

export interface Door {
  /** Address of the load balancer: https://internal-….elb.amazonaws.com */
  url: string;
  /** Host that visitors use: the certificate and the shop are told by it. */
  host: string;
  /** Header by which the load balancer knows requests of tests. */
  testHeader: string;
  testValue: string;
  timeoutMs: number;
}

export interface Answer {
  status: number;
  body: string;
}

/** @throws where nobody answers in time */
export function ask(door: Door, path: string, body?: object): Promise<Answer> {
  const url = new URL(path, door.url);
  const options: RequestOptions & { servername: string } = {
    method: body ? "POST" : "GET",
    // The certificate is the visitors' one, not one for AWS's name of the load balancer.
    servername: door.host,
    headers: {
      host: door.host,
      [door.testHeader]: door.testValue,
      "user-agent": "tradegraph-deployment-hook",
      ...(body ? { "content-type": "application/json" } : {}),
    },
    // Not only until the first byte, as a timeout of the socket would be.
    signal: AbortSignal.timeout(door.timeoutMs),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? overHttps : overHttp)(url, options, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString("utf8") }),
      );
    });
    request.on("error", reject);
    request.end(body ? JSON.stringify(body) : undefined);
  });
}
