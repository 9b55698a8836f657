// A mail server for tests: the protocol is real, and what it answers is up to the test.
import { type AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface ReceivedMail {
  /** Recipients as the server was told them. */
  to: string[];
  raw: string;
  parsed: Email;
}

export interface TestSmtp {
  port: number;
  url: string;
  received: ReceivedMail[];
  /** Codes to answer the next recipients with, in this order; then all are accepted. */
  refusals: number[];
  close: () => Promise<void>;
}

/** @param options of the library; without encryption unless told */
export async function startSmtp(port = 0, options: SMTPServerOptions = {}): Promise<TestSmtp> {
  const received: ReceivedMail[] = [];
  const refusals: number[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onAuth: (_auth, _session, done) => {
      done(null, { user: "anybody" });
    },
    onRcptTo: (_address, _session, done) => {
      const responseCode = refusals.shift();
      done(responseCode === undefined ? undefined : Object.assign(new Error("Not now"), { responseCode }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString("utf8");
        void PostalMime.parse(raw).then((parsed) => {
          received.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw, parsed });
          done();
        });
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.server.address() as AddressInfo;
  return {
    port: address.port,
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    refusals,
    close: () => new Promise((resolve) => void server.close(resolve)),
  };
}
