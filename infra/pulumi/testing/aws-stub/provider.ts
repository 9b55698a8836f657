// pulumirpc.ResourceProvider for AWS without AWS: checks what it gets, makes nothing, answers the same each time.
import { status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import type * as wire from "@pulumi/pulumi/proto/provider_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { kindOf } from "../aws-schema/kinds.ts";
import { awsVersion } from "../aws-schema/version.ts";
import { changesOf } from "./changes.ts";
import { check, type Failure } from "./check.ts";
import { type Configuration, configurationOf, withTags } from "./configuration.ts";
import { obey, type Operation, readControl, whileHeld } from "./control.ts";
import { shortName } from "./facts-of.ts";
import { invoke } from "./invokes.ts";
import { withName } from "./names.ts";
import { hash, idOf, outputsOf, previewOf } from "./outputs.ts";
import { fromWire, type Properties, toWire } from "./struct.ts";

/** urn:pulumi:stack::project::parent$type::name */
const tokenOf = (urn: string) => urn.split("::")[2]?.split("$").at(-1) ?? "";
const nameOf = (urn: string) => urn.split("::").slice(3).join("::");
/** As tests call it: "s3.Bucket state". */
const labelOf = (urn: string) => `${shortName(tokenOf(urn))} ${nameOf(urn)}`;

/** One provider as one process serves it: each `aws.Provider` of a program has a process of its own. */
export function provider(controlFile: string | undefined) {
  let configuration: Configuration | undefined;
  const configured = (): Configuration => {
    if (!configuration) throw new Error("the provider was used before it was configured");
    return configuration;
  };
  const resource = async (urn: string, inputs: Properties) => {
    const token = tokenOf(urn);
    return { token, urn, kind: await kindOf(token), inputs, place: configured() };
  };
  const obeyTest = async (operation: Operation, urn: string) => {
    await whileHeld(controlFile, labelOf(urn));
    await obey(readControl(controlFile), operation, labelOf(urn));
  };

  return {
    handshake() {
      return new pb.ProviderHandshakeResponse();
    },
    attach() {
      return new empty.Empty();
    },
    getPluginInfo() {
      return new plugin.PluginInfo().setVersion(awsVersion);
    },
    async checkConfig(request: wire.CheckRequest) {
      const inputs = fromWire(request.getNews());
      const { inputs: fields } = await kindOf("pulumi:providers:aws");
      const unknown = Object.keys(inputs).filter(
        (name) => !fields[name] && name !== "version" && name !== "__internal",
      );
      const failures = unknown.map((property) => ({ property, reason: "the provider has no such setting" }));
      return checked(inputs, failures);
    },
    diffConfig(request: wire.DiffRequest) {
      const olds = fromWire(request.getOldInputs());
      const news = fromWire(request.getNews());
      const changed = Object.keys({ ...olds, ...news }).filter(
        (k) => JSON.stringify(olds[k]) !== JSON.stringify(news[k]),
      );
      const response = new pb.DiffResponse().setDiffsList(changed);
      response.setReplacesList(changed.filter((name) => name === "region"));
      return response.setChanges(someOrNone(changed.length));
    },
    configure(request: wire.ConfigureRequest) {
      configuration = configurationOf(fromWire(request.getArgs()));
      return new pb.ConfigureResponse().setSupportspreview(true).setSupportsAutonamingConfiguration(true);
    },
    async check(request: wire.CheckRequest) {
      const urn = request.getUrn();
      const token = tokenOf(urn);
      const kind = await kindOf(token);
      const proposed = request.getAutonaming()?.getProposedName() || `${nameOf(urn)}-${hash(urn, 7)}`;
      const named = withName(token, kind, fromWire(request.getNews()), fromWire(request.getOlds()), proposed);
      const inputs = withTags(kind, named, configured());
      return checked(inputs, check(token, kind, inputs));
    },
    async diff(request: wire.DiffRequest) {
      const token = tokenOf(request.getUrn());
      const olds = fromWire(request.getOldInputs());
      const news = fromWire(request.getNews());
      const changes = changesOf(token, await kindOf(token), olds, news, request.getIgnorechangesList());
      const fields = (list: typeof changes) => [...new Set(list.map(({ field }) => field))];
      const response = new pb.DiffResponse().setChanges(someOrNone(changes.length)).setDiffsList(fields(changes));
      response.setReplacesList(fields(changes.filter(({ replaces }) => replaces))).setStablesList(["id", "arn"]);
      response.setHasdetaileddiff(true);
      const { ADD, DELETE, UPDATE } = pb.PropertyDiff.Kind;
      for (const { path, kind, replaces } of changes) {
        // Each kind's "…_REPLACE" follows it.
        const code = { add: ADD, delete: DELETE, update: UPDATE }[kind] + (replaces ? 1 : 0);
        response
          .getDetaileddiffMap()
          .set(path, new pb.PropertyDiff().setKind(code as wire.PropertyDiff.Kind).setInputdiff(true));
      }
      return response;
    },
    async create(request: wire.CreateRequest) {
      const made = await resource(request.getUrn(), fromWire(request.getProperties()));
      if (request.getPreview()) return new pb.CreateResponse().setProperties(toWire(previewOf(made)));
      await obeyTest("create", made.urn);
      const id = idOf(made);
      return new pb.CreateResponse().setId(id).setProperties(toWire(outputsOf(made, id)));
    },
    async read(request: wire.ReadRequest) {
      await obeyTest("read", request.getUrn());
      const drift = readControl(controlFile).drift?.[labelOf(request.getUrn())];
      // An empty id says that the resource is gone.
      if (drift === null) return new pb.ReadResponse();
      const inputs = { ...fromWire(request.getInputs()), ...drift };
      const found = await resource(request.getUrn(), inputs);
      const outputs = outputsOf(found, request.getId(), fromWire(request.getProperties()));
      return new pb.ReadResponse().setId(request.getId()).setInputs(toWire(inputs)).setProperties(toWire(outputs));
    },
    async update(request: wire.UpdateRequest) {
      const changed = await resource(request.getUrn(), fromWire(request.getNews()));
      const olds = fromWire(request.getOlds());
      if (request.getPreview()) return new pb.UpdateResponse().setProperties(toWire(previewOf(changed, olds)));
      await obeyTest("update", changed.urn);
      return new pb.UpdateResponse().setProperties(toWire(outputsOf(changed, request.getId(), olds)));
    },
    async delete(request: wire.DeleteRequest) {
      await obeyTest("delete", request.getUrn());
      return new empty.Empty();
    },
    invoke(request: wire.InvokeRequest) {
      const answer = invoke(request.getTok(), fromWire(request.getArgs()), configured());
      return new pb.InvokeResponse().setReturn(toWire(answer));
    },
    cancel() {
      return new empty.Empty();
    },
  };
}

const someOrNone = (changes: number) =>
  changes > 0 ? pb.DiffResponse.DiffChanges.DIFF_SOME : pb.DiffResponse.DiffChanges.DIFF_NONE;

function checked(inputs: Properties, failures: Failure[]) {
  const list = failures.map(({ property, reason }) => new pb.CheckFailure().setProperty(property).setReason(reason));
  return new pb.CheckResponse().setInputs(toWire(inputs)).setFailuresList(list);
}

/** As grpc wants it: callbacks, errors with a status, and a plain refusal of what is not there. */
export function asService(methods: object, all: string[]): UntypedServiceImplementation {
  const byName = methods as Record<string, ((request: unknown) => unknown) | undefined>;
  return Object.fromEntries(
    all.map((name) => [
      name,
      (call: { request: unknown }, callback: (error: object | null, answer?: unknown) => void) => {
        const method = byName[name];
        if (!method) return callback({ code: status.UNIMPLEMENTED, message: `the stub of AWS does not know ${name}` });
        const answered = new Promise((resolve) => resolve(method(call.request)));
        answered.then(
          (answer) => callback(null, answer),
          (error: Error) => callback({ code: status.UNKNOWN, message: error.message }),
        );
      },
    ]),
  );
}
