// Property bags on the wire. The engine sends no secrets and no resource references, for the stub accepts neither.
import structPb from "google-protobuf/google/protobuf/struct_pb.js";

export type Properties = Record<string, unknown>;
type Wire = InstanceType<typeof structPb.Struct>;

/** The engine's mark for "not known before the resource exists" (sdk/go/common/resource/plugin, UnknownStringValue). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const fromWire = (wire: Wire | undefined): Properties => (wire ? (wire.toJavaScript() as Properties) : {});

/** Members that are undefined go, as in JSON. */
export const toWire = (properties: Properties): Wire =>
  structPb.Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)));

export const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);
