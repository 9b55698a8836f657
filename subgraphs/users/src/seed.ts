// Demo data of this subgraph: people, their firms, and what they may do there.
import { type FieldCipher } from "@tradegraph/kit/field-cipher";
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type SeedDocument, type SeedTask, writeSeed } from "@tradegraph/kit/seed-writer";
import { demoEmail } from "./demo-accounts.ts";
import { type StoredSpendingPeriod } from "./enums.ts";
import { type PlainAddress } from "./models/address.ts";
import { type CompanyDocument } from "./models/company.ts";
import { sealedPlaces } from "./models/sealed-places.ts";
import { sealAddress } from "./sealed-address.ts";
import { partnersOf } from "./seed-partners.ts";
import { isClosedAccount, membershipsOf, parentCompany } from "./seed-people.ts";
import { roundLimit, type SeedSpending, seedSpending } from "./seed-spending.ts";
import { taxIdFields } from "./tax-id.ts";

const firstNames = ["Anna", "Ben", "Carla", "David", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Luca"];
const lastNames = ["Bauer", "Costa", "Dupont", "Eriksen", "Fischer", "Garcia", "Huber", "Ivanov", "Jansen", "Kaya"];
const trades = [
  "Tooling",
  "Logistics",
  "Foods",
  "Interiors",
  "Electrics",
  "Hotels",
  "Clinics",
  "Builders",
  "Packaging",
];
const forms = ["AG", "GmbH", "Ltd", "BV", "SA"];
const wares = ["Fasteners", "Fittings", "Furniture", "Textiles", "Electrics", "Machines"];
const streets = ["Harbour Road", "Mill Lane", "Station Street", "Market Square", "Foundry Way"];
const cities = [
  { city: "Hamburg", state: "Hamburg", zip: "20457", country: "DE" },
  { city: "Lyon", state: "Rhône", zip: "69002", country: "FR" },
  { city: "Vienna", state: "Vienna", zip: "1010", country: "AT" },
  { city: "Gothenburg", state: "Västra Götaland", zip: "411 04", country: "SE" },
  { city: "Antwerp", state: "Flanders", zip: "2000", country: "BE" },
  { city: "Milan", state: "Lombardy", zip: "20121", country: "IT" },
  { city: "Rotterdam", state: "South Holland", zip: "3011", country: "NL" },
];

/** Nobody hears of demo data. */
const noOutbox = { outbox: [], hasOutbox: false };

/** @returns new documents @throws Error without the hash of the demo password, or without a cipher */
export async function seed(task: SeedTask): Promise<number> {
  const { plan, demoPasswordHash, cipher } = task;
  const { counts } = plan;
  if (!demoPasswordHash)
    throw new Error("The users' seed needs demoPasswordHash: hash the demo password with hashDemoPassword().");
  if (!cipher) throw new Error("The users' seed needs a cipher for phones, streets and tax ids.");
  const spending = seedSpending(plan);
  let memberships = 0;
  for (let n = 0; n < counts.users; n += 1) memberships += membershipsOf(plan, n).length;
  return (
    (await writeSeed(task, "companies", counts.companies, companiesOf(plan, spending, cipher))) +
    (await writeSeed(task, "users", counts.users, usersOf(plan, demoPasswordHash, cipher))) +
    (await writeSeed(task, "memberships", memberships, membershipDocuments(plan, spending))) +
    (await writeSeed(task, "partners", 1, partnersOf(plan)))
  );
}

function companyName(n: number): string {
  const place = cities[n % cities.length]?.city ?? "";
  const trade = trades[Math.floor(n / cities.length) % trades.length] ?? "";
  const round = Math.floor(n / (cities.length * trades.length));
  return [place, trade, ...(round > 0 ? [round + 1] : []), forms[n % forms.length]].join(" ");
}

/** @param n any number; the same number gives the same address */
function addressOf(n: number): PlainAddress {
  const place = cities[n % cities.length] ?? { city: "Hamburg", zip: "20457", country: "DE" };
  return { street: `${streets[n % streets.length] ?? ""} ${(n % 90) + 1}`, ...place };
}

function ancestorsOf(n: number): number[] {
  const parent = parentCompany(n);
  return parent === undefined ? [] : [...ancestorsOf(parent), parent];
}

/** A day plus some seconds, so that few things are of the same instant. */
const moment = (plan: SeedPlan, days: number, n: number) =>
  new Date(plan.daysAgo(days).getTime() + ((n * 7_919) % 86_400) * 1_000);

// Companies and accounts are older than the oldest order, which is a year old.
const companySince = (plan: SeedPlan, n: number) => moment(plan, 400 + (n % 100), n);
const userSince = (plan: SeedPlan, n: number) => moment(plan, 366 + (n % 30), n);

function* companiesOf(plan: SeedPlan, { open }: SeedSpending, cipher: FieldCipher): Generator<SeedDocument> {
  const place = { ...sealedPlaces.companyStreet, tenantId: plan.tenantId };
  for (let n = 0; n < plan.counts.companies; n += 1) {
    const path = ancestorsOf(n).map((ancestor) => plan.id("company", ancestor));
    const name = companyName(n);
    const hasCredit = n % 7 !== 6;
    const createdAt = companySince(plan, n);
    yield {
      _id: plan.id("company", n),
      name,
      nameSort: name.toLowerCase(),
      parentId: path.at(-1) ?? null,
      path,
      ...taxIdFields(cipher, `${addressOf(n).country}${String(100_000_000 + n)}`, plan.tenantId),
      // Those that trade no more have done so; nobody who is still being checked has ordered.
      status: (n % 13 === 12 ? "suspended" : "active") satisfies CompanyDocument["status"],
      addresses: [n, ...(n % 3 === 0 ? [n + 3] : [])].map((at) => sealAddress(cipher, addressOf(at), place)),
      ...(hasCredit && { creditLimit: { amount: roundLimit(open[n] ?? 0), currency: plan.currency } }),
      paymentTerms: (hasCredit ? (["net_14", "net_30", "net_60"] as const)[n % 3] : "prepaid") satisfies
        CompanyDocument["paymentTerms"] | undefined,
      openChanges: [],
      ...noOutbox,
      isUnsettled: false,
      createdAt,
      updatedAt: createdAt,
    };
  }
}

function* usersOf(plan: SeedPlan, passwordHash: string, cipher: FieldCipher): Generator<SeedDocument> {
  const { tenantId } = plan;
  for (let n = 0; n < plan.counts.users; n += 1) {
    const random = plan.random("user", n);
    const role = plan.roleOf(n);
    const company = plan.companyOf(n);
    const ware = random.pick(wares);
    const lastName = random.pick(lastNames);
    const shopName = `${lastName} ${ware} ${n}`;
    const email = demoEmail(plan, n);
    const createdAt = userSince(plan, n);
    yield {
      _id: plan.id("user", n),
      email,
      emailLower: email,
      passwordHash,
      firstName: random.pick(firstNames),
      lastName,
      role,
      ...(role !== "admin" && { company: company === undefined ? shopName : companyName(company) }),
      phone: cipher.seal(`+49 555 ${String(n).padStart(7, "0")}`, { ...sealedPlaces.phone, tenantId }),
      address: sealAddress(cipher, addressOf(n), { ...sealedPlaces.userStreet, tenantId }),
      // After the newest order, which is from the evening before at the latest.
      lastLogin: new Date(plan.today.getTime() - random.between(1, 200) * 60_000),
      emailVerifiedAt: createdAt,
      isActive: !isClosedAccount(plan, n),
      ...noOutbox,
      ...(role === "supplier" && {
        sellerProfile: {
          shopName,
          description: `${ware} from checked makers, sent within days.`,
          logo: `https://res.cloudinary.com/demo/image/upload/seller-${n % 50}.png`,
          since: createdAt,
        },
      }),
      createdAt,
      updatedAt: createdAt,
    };
  }
}

/** Limits of buyers for an order, a month or a year; the year's orders keep each of them. */
function* membershipDocuments(plan: SeedPlan, { ofUser }: SeedSpending): Generator<SeedDocument> {
  const periods: StoredSpendingPeriod[] = ["order", "month", "year"];
  for (let n = 0; n < plan.counts.users; n += 1) {
    for (const [place, { company, role }] of membershipsOf(plan, n).entries()) {
      // A second membership is younger than the first: the first is the one to act for.
      const createdAt = new Date(userSince(plan, n).getTime() + place * 86_400_000);
      yield {
        _id: plan.id("membership", `${n}:${company}`),
        userId: plan.id("user", n),
        companyId: plan.id("company", company),
        role,
        ...(role === "buyer" && { spendingLimit: { amount: roundLimit(ofUser[n] ?? 0), currency: plan.currency } }),
        spendingPeriod: periods[n % periods.length],
        hasSlots: false,
        ...noOutbox,
        createdAt,
        updatedAt: createdAt,
      };
    }
  }
}
