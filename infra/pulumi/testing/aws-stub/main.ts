// Started by the Pulumi CLI as `pulumi-resource-aws`: prints its port and serves until the CLI ends.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { readHost } from "../env.ts";
import { announce, endWithTheCli } from "../plugin-process.ts";
import { asService, provider } from "./provider.ts";

const service = services.ResourceProviderService;
const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
server.addService(service, asService(provider(readHost().stubControl), Object.keys(service)));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), announce);
endWithTheCli(() => process.exit(0));
