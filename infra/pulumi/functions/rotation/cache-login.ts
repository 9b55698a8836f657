// Tries a password where it counts: at the cache, in its own protocol (RESP).
import { connect as overTcp, type Socket } from "node:net";
import { connect as overTls } from "node:tls";
import { type CacheAddress } from "./cache-address.ts";

const command = (...words: string[]) =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`;

/** @throws where the cache refuses the user or does not answer in time */
export function logIn({ tls, user, password, host, port }: CacheAddress, timeoutMs = 5000): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = tls ? overTls({ host, port, servername: host }) : overTcp({ host, port });
    const end = (error?: Error) => {
      clearTimeout(timer);
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    // Of the whole exchange; a timeout of the socket would begin anew with each byte.
    const timer = setTimeout(() => end(new Error("the cache does not answer")), timeoutMs);
    let text = "";
    socket.on("error", end);
    socket.on("close", () => end(new Error("the cache closed the connection")));
    socket.on("data", (part: Buffer) => {
      text += part.toString("utf8");
      const line = text.split("\r\n", 1)[0] ?? "";
      if (!text.includes("\r\n")) return;
      // The first word says what was wrong; what follows may name the user.
      end(line === "+OK" ? undefined : new Error(`the cache refuses the user (${line.slice(1).split(" ")[0]})`));
    });
    socket.write(command("AUTH", user, password));
  });
}
