import { withOutbox } from "@tradegraph/kit/outbox";
import { sumMoney, timesQuantity } from "@tradegraph/kit/money";
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type SeedRandom } from "@tradegraph/kit/seed-random";
import { type SeedDocument } from "@tradegraph/kit/seed-writer";
import { numberText } from "./commands/next-number.ts";
import { type StoredQuoteStatus } from "./enums.ts";
import { type SeedLine, seedLines } from "./seed-lines.ts";

const hourMs = 3_600_000;

export const quoteCount = ({ counts }: SeedPlan): number => Math.max(120, Math.floor(counts.orders / 25));

/** Days for which an offer holds, from the request on. */
const validDays = 30;

/** New requests wait, then there is an offer, in the end an answer or none. */
function statusOf(ageDays: number, random: SeedRandom): StoredQuoteStatus {
  if (ageDays < 4) return "requested";
  if (ageDays < validDays - 1) return random.pick(["offered", "offered", "accepted", "declined"]);
  return random.pick(["accepted", "declined", "expired"]);
}

const closings: Partial<Record<StoredQuoteStatus, string>> = {
  accepted: "Accepted, thank you.",
  declined: "Sorry, we found a better offer.",
};

export function* seedQuotes(plan: SeedPlan): Generator<SeedDocument> {
  const { admins, suppliers, users, companies } = plan.counts;
  const total = quoteCount(plan);
  for (let n = 0; n < total; n += 1) {
    const random = plan.random("quote", n);
    const customer = admins + suppliers + random.below(users - admins - suppliers);
    // Evenly over 120 days, newest last.
    const ageDays = Math.floor(((total - 1 - n) * 120) / total);
    const createdAt = new Date(plan.daysAgo(ageDays + 1).getTime() + random.between(60, 900) * 60_000);
    const status = statusOf(ageDays, random);
    const wanted = seedLines(plan, random, random.between(1, 4));
    const offers = status === "requested" ? undefined : wanted.map((line) => offerFor(plan, line));
    const messages = conversation(plan, { customer, status, createdAt, line: wanted[0] });
    yield {
      _id: plan.id("quote", n),
      number: numberText("quote", createdAt.getUTCFullYear(), n + 1),
      status,
      customerId: plan.id("user", customer),
      companyId: plan.id("company", plan.companyOf(customer) ?? customer % companies),
      lines: wanted.map(({ product, quantity }, line) => ({
        _id: plan.id("quoteLine", `${n}:${line}`),
        productId: plan.id("product", product),
        quantity,
        ...(offers && { offeredPrice: offers[line]?.price }),
      })),
      ...(offers && {
        total: sumMoney(
          offers.map(({ price, quantity }) => timesQuantity(price, quantity)),
          plan.currency,
        ),
        validUntil: new Date(plan.daysAgo(ageDays + 1 - validDays)),
      }),
      messages,
      ...withOutbox(),
      createdAt,
      updatedAt: messages.at(-1)?.at ?? createdAt,
    };
  }
}

/** A tenth below the price of the moment. */
const offerFor = ({ currency }: SeedPlan, { amount, quantity }: SeedLine) => ({
  price: { amount: Math.floor((amount * 90) / 100), currency },
  quantity,
});

interface Talk {
  customer: number;
  status: StoredQuoteStatus;
  createdAt: Date;
  line: SeedLine | undefined;
}

function conversation(plan: SeedPlan, { customer, status, createdAt, line }: Talk) {
  const buyer = plan.id("user", customer);
  const seller = plan.id("user", plan.product(line?.product ?? 0).supplier);
  const after = (hours: number) => new Date(createdAt.getTime() + hours * hourMs);
  const messages = [{ authorId: buyer, body: "What is your best price for these quantities?", at: createdAt }];
  if (status !== "requested") {
    messages.push({ authorId: seller, body: `We can offer these prices for ${validDays} days.`, at: after(6) });
  }
  const closing = closings[status];
  if (closing) messages.push({ authorId: buyer, body: closing, at: after(48) });
  return messages;
}
