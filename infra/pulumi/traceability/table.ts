// Every clause of the requirements that the cloud has to keep, with what shows it.
import { data } from "./data.ts";
import { delivery } from "./delivery.ts";
import { edge } from "./edge.ts";
import { network } from "./network.ts";
import { type Proof } from "./proof.ts";
import { services } from "./services.ts";
import { watch } from "./watch.ts";

const order = ["AWS", "BAK", "OBS", "OPS", "SEC"];
const place = ({ id }: Proof) => {
  const [family = "", number = ""] = id.split("-");
  return order.indexOf(family) * 100 + Number(number);
};

/** By id. */
export const table: Proof[] = [...network, ...services, ...data, ...edge, ...watch, ...delivery].sort(
  (one, other) => place(one) - place(other),
);
