// AWS KMS as far as we use it, in the protocol it really speaks (AWS JSON 1.1): a key that encrypts for a context, and
// errors on demand. For tests.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface KmsRequest {
  KeyId: string;
  Plaintext?: string;
  CiphertextBlob?: string;
  EncryptionContext?: Record<string, string>;
}

export interface KmsCall {
  target: string;
  body: KmsRequest;
  authorization: string;
}

export interface KmsServer {
  url: string;
  calls: KmsCall[];
  /** The next calls fail with these error types. */
  failures: string[];
  stop: () => Promise<void>;
}

export async function startKmsServer(): Promise<KmsServer> {
  const key = randomBytes(32);
  const calls: KmsCall[] = [];
  const failures: string[] = [];
  const aadOf = ({ KeyId, EncryptionContext = {} }: KmsRequest) =>
    Buffer.from(JSON.stringify([KeyId, Object.entries(EncryptionContext).sort()]));
  const encrypt = (body: KmsRequest) => {
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(aadOf(body));
    const blob = Buffer.concat([
      iv,
      cipher.update(body.Plaintext ?? "", "base64"),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return { CiphertextBlob: blob.toString("base64"), KeyId: body.KeyId, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
  };
  const decrypt = (body: KmsRequest) => {
    const blob = Buffer.from(body.CiphertextBlob ?? "", "base64");
    const decipher = createDecipheriv("aes-256-gcm", key, blob.subarray(0, 12)).setAAD(aadOf(body));
    decipher.setAuthTag(blob.subarray(-16));
    const plain = Buffer.concat([decipher.update(blob.subarray(12, -16)), decipher.final()]);
    return { Plaintext: plain.toString("base64"), KeyId: body.KeyId, EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const target = String(request.headers["x-amz-target"]);
    const body = JSON.parse(await text(request)) as KmsRequest;
    calls.push({ target, body, authorization: request.headers.authorization ?? "" });
    const send = (status: number, content: object) => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(content));
    };
    const failure = failures.shift();
    if (failure) {
      send(400, { __type: failure, message: "On demand." });
      return;
    }
    try {
      if (target === "TrentService.Encrypt") send(200, encrypt(body));
      else if (target === "TrentService.Decrypt") send(200, decrypt(body));
      else send(400, { __type: "UnknownOperationException" });
    } catch {
      send(400, { __type: "InvalidCiphertextException", message: null });
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    failures,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
