// A kept answer as Redis holds it:
//
//   magic "T" · version · flags · length of the content (4 bytes) · content, perhaps compressed · CRC-32 of key and all before
//   content = length of the header (4 bytes) · header, JSON · body
//
// Numbers are big-endian. The key goes into the checksum, so a value that got under another key is not taken for its own.
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { deepFreeze } from "./deep-freeze.ts";
import { type CacheEntry } from "./entry.ts";

const magic = 0x54;
const version = 1;
const compressed = 1;
/** Magic, version, flags and length. */
const prefixBytes = 7;
const checksumBytes = 4;

/** Below, compression costs more than it saves. */
const compressFromBytes = 1_024;
/** Far above what a gateway answers; a length beyond it is no length. */
const maxContentBytes = 64 * 1_024 * 1_024;

const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

type Header = Omit<CacheEntry, "bytes">;

export function encodeEntry(key: string, { bytes, ...header }: CacheEntry): Buffer {
  const json = Buffer.from(JSON.stringify(header satisfies Header));
  const content = Buffer.allocUnsafe(4 + json.length + bytes.length);
  content.writeUInt32BE(json.length, 0);
  content.set(json, 4);
  content.set(bytes, 4 + json.length);

  const packed = content.length >= compressFromBytes ? zstdCompressSync(content, compression) : content;
  const isSmaller = packed.length < content.length;
  const payload = isSmaller ? packed : content;
  const value = Buffer.allocUnsafe(prefixBytes + payload.length + checksumBytes);
  value[0] = magic;
  value[1] = version;
  value[2] = isSmaller ? compressed : 0;
  value.writeUInt32BE(content.length, 3);
  value.set(payload, prefixBytes);
  value.writeUInt32BE(checksum(key, value), prefixBytes + payload.length);
  return value;
}

/** @returns frozen; undefined for anything that {@link encodeEntry} of this version did not make for this key */
export function decodeEntry(key: string, value: Buffer): CacheEntry | undefined {
  if (value.length < prefixBytes + 4 + checksumBytes || value[0] !== magic || value[1] !== version) return undefined;
  if (value.readUInt32BE(value.length - checksumBytes) !== checksum(key, value)) return undefined;
  try {
    return readContent(unpack(value));
  } catch {
    return undefined;
  }
}

const checksum = (key: string, value: Buffer): number =>
  crc32(value.subarray(0, value.length - checksumBytes), crc32(key));

function unpack(value: Buffer): Buffer {
  const length = value.readUInt32BE(3);
  const payload = value.subarray(prefixBytes, value.length - checksumBytes);
  if (length > maxContentBytes) throw new Error("too long");
  const content =
    value[2] === compressed
      ? zstdDecompressSync(payload, { chunkSize: Math.max(length, 64), maxOutputLength: length })
      : payload;
  if (content.length !== length) throw new Error("wrong length");
  return content;
}

function readContent(content: Buffer): CacheEntry | undefined {
  const bodyAt = 4 + content.readUInt32BE(0);
  if (bodyAt > content.length) return undefined;
  const header: unknown = JSON.parse(content.toString("utf8", 4, bodyAt));
  if (!isHeader(header)) return undefined;
  return Object.freeze({ ...deepFreeze(header), bytes: ownBytes(content.subarray(bodyAt)) });
}

/** A copy with memory of its own: a slice would hold, and count not, the much larger piece it was cut from. */
export function ownBytes(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  own.set(bytes);
  return own;
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== "object" || value === null) return false;
  const { tags, sources, position, storedAt, maxAge, swr, sie, meta } = value as Record<string, unknown>;
  const isMeta = meta === undefined || (typeof meta === "object" && meta !== null);
  return isMeta && areTexts(tags) && areTexts(sources) && [position, storedAt, maxAge, swr, sie].every(Number.isFinite);
}

const areTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each: unknown) => typeof each === "string");
