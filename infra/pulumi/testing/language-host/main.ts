// Started by a Pulumi CLI that was built from source, as `pulumi-language-nodejs`: the vendor's own host is not to be had as
// source of a module. The last argument is the engine's address.
import { Server, ServerCredentials, status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type * as wire from "@pulumi/pulumi/proto/language_pb.js";
import lang from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import { announce, endWithTheCli } from "../plugin-process.ts";
import { pulumiPackages } from "./packages.ts";
import { run, runPlugin, stopAll } from "./programs.ts";

let engine = process.argv.at(-1) ?? "";

type Callback = (error: object | null, answer?: unknown) => void;
interface Call<Request> {
  request: Request;
  on: (event: "cancelled", listener: () => void) => void;
}
interface StreamCall<Request> extends Call<Request> {
  write: (answer: unknown) => void;
  end: () => void;
}
type Method = (call: never, done: Callback) => void;

const folderOf = (request: { getInfo: () => wire.ProgramInfo | undefined }) =>
  request.getInfo()?.getProgramDirectory() ?? process.cwd();

const methods: Record<string, Method> = {
  handshake(call: Call<wire.LanguageHandshakeRequest>, done: Callback) {
    engine = call.request.getEngineAddress();
    done(null, new lang.LanguageHandshakeResponse());
  },
  getPluginInfo: (_: unknown, done: Callback) => done(null, new plugin.PluginInfo().setVersion("1.0.0")),
  about: (_: unknown, done: Callback) =>
    done(null, new lang.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
  getRequiredPackages(call: Call<wire.GetRequiredPackagesRequest>, done: Callback) {
    const packages = pulumiPackages(folderOf(call.request)).map(({ name, version, server }) =>
      new plugin.PackageDependency().setName(name).setKind("resource").setVersion(version).setServer(server),
    );
    done(null, new lang.GetRequiredPackagesResponse().setPackagesList(packages));
  },
  getProgramDependencies(call: Call<wire.GetProgramDependenciesRequest>, done: Callback) {
    const packages = pulumiPackages(folderOf(call.request)).map(({ name, version }) =>
      new lang.DependencyInfo().setName(name).setVersion(version),
    );
    done(null, new lang.GetProgramDependenciesResponse().setDependenciesList(packages));
  },
  runtimeOptionsPrompts: (_: unknown, done: Callback) => done(null, new lang.RuntimeOptionsResponse()),
  // Dependencies come from the repository's own lock file.
  installDependencies: (call: StreamCall<unknown>) => call.end(),
  run(call: Call<wire.RunRequest>, done: Callback) {
    run(call.request, engine, (stop) => call.on("cancelled", stop)).then((answer) => done(null, answer), done);
  },
  runPlugin(call: StreamCall<wire.RunPluginRequest>) {
    const stop = runPlugin(
      call.request,
      (answer) => call.write(answer),
      () => call.end(),
    );
    call.on("cancelled", stop);
  },
};

const service = services.LanguageRuntimeService;
const unknown =
  (name: string): Method =>
  (_, done) =>
    done({ code: status.UNIMPLEMENTED, message: `this language host does not know ${name}` });
const all = Object.fromEntries(Object.keys(service).map((name) => [name, methods[name] ?? unknown(name)]));

const server = new Server();
server.addService(service, all as unknown as UntypedServiceImplementation);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), announce);
endWithTheCli(() => {
  stopAll();
  process.exit(0);
});
