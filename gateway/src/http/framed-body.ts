// Bodies that go out in one piece with their heads. Node takes two pieces, and an empty one at the end, through its buffer
// for streams and through writev, which takes a tenth of the time of an answer from memory (docs/decisions/0016-prepared-heads.md).
import { type Socket } from "node:net";

/** Writes a head and the body that belongs to it. @param head of ISO 8859-1, with the empty line at its end */
export type WriteTogether = (socket: Socket, head: string) => void;

/** @param content of ISO 8859-1; short, because it is copied for each answer */
export const joinedText =
  (content: string): WriteTogether =>
  (socket, head) => {
    socket.write(head + content, "latin1");
  };

/** Before the body; longer heads go out by themselves. */
const room = 4 * 1_024;

/** What is longer would seldom be with the system at once. */
export const largestFramed = 64 * 1_024;

function makeFrame(content: Buffer): Buffer {
  const frame = Buffer.allocUnsafeSlow(room + content.length);
  frame.set(content, room);
  return frame;
}

/**
 * The body is copied when it is sent for the second time, behind a room into which each answer writes its head. That is
 * right as long as the system has all of the answer before: what it has not would go out with the next one's head.
 */
export function framed(content: Buffer): WriteTogether {
  let frame: Buffer | undefined;
  let isKnown = false;
  return (socket, head) => {
    if (!isKnown || head.length > room) {
      isKnown = true;
      socket.cork();
      socket.write(head, "latin1");
      socket.write(content);
      socket.uncork();
      return;
    }
    frame ??= makeFrame(content);
    const start = room - head.length;
    frame.write(head, start, "latin1");
    socket.write(frame.subarray(start));
    // The socket still reads from it, so the next answer gets another one.
    if (socket.writableLength > 0) [frame, isKnown] = [undefined, false];
  };
}
