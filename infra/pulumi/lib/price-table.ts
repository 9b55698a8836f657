// What an estimate was reckoned with, as text: whoever doubts a line of it sees the price and where it was read.
import { nodeHour, type Price, prices, usage } from "./prices.ts";
import { type StackName } from "./stack-name.ts";

const dollars = (usd: number) => String(usd).padStart(10);
/** "natGateway" as people write it. */
const words = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Every price of lib/prices.ts in dollars: unit prices with their source, classes by the hour, services by use by the month. */
export function priceTable(stack: StackName): string {
  const units = Object.entries(prices as Record<string, Price>).map(
    ([name, { usd, per, source }]) => `${dollars(usd)}  ${words(name)}, per ${per} (${source})`,
  );
  const classes = Object.entries(nodeHour).map(([name, usd]) => `${dollars(usd)}  ${name}, per hour`);
  const byUse = Object.entries(usage).map(([kind, usd]) => `${dollars(usd[stack])}  ${kind}, per month, by use`);
  return [...units, ...classes, ...byUse].join("\n");
}
