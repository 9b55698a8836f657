// Demo data of this subgraph: the catalogue, stores, stock and agreed prices.
import { withOutbox } from "@tradegraph/kit/outbox";
import { seedCategoryLevels } from "@tradegraph/kit/seed-products";
import { type SeedPlan } from "@tradegraph/kit/seed-plan";
import { type SeedDocument, type SeedTask, writeSeed } from "@tradegraph/kit/seed-writer";

const cities = [
  ["Hamburg", "DE", 9.99, 53.55],
  ["Rotterdam", "NL", 4.48, 51.92],
  ["Lyon", "FR", 4.84, 45.76],
  ["Milan", "IT", 9.19, 45.46],
  ["Vienna", "AT", 16.37, 48.21],
  ["Zurich", "CH", 8.54, 47.37],
  ["Prague", "CZ", 14.42, 50.09],
  ["Warsaw", "PL", 21.01, 52.23],
  ["Gothenburg", "SE", 11.97, 57.71],
  ["Barcelona", "ES", 2.17, 41.39],
  ["Antwerp", "BE", 4.4, 51.22],
  ["Munich", "DE", 11.58, 48.14],
] as const;

const shelves = ["Fasteners", "Fittings", "Furniture", "Textiles", "Electrics", "Machines"];

/** @returns new documents */
export async function seed(task: SeedTask): Promise<number> {
  const { counts } = task.plan;
  return (
    (await writeSeed(task, "categories", counts.categories, categories(task.plan))) +
    (await writeSeed(task, "stores", counts.stores, stores(task.plan))) +
    (await writeSeed(task, "products", counts.products, products(task.plan))) +
    (await writeSeed(task, "inventory", counts.products * 2, inventory(task.plan))) +
    (await writeSeed(task, "priceLists", counts.priceLists, priceLists(task.plan))) +
    (await writeSeed(task, "priceListEntries", counts.priceLists * entriesPerList, priceListEntries(task.plan)))
  );
}

/** Numbers of a category's ancestors, from the top. */
function ancestorsOf(n: number): number[] {
  const { top, middle } = seedCategoryLevels;
  if (n < top) return [];
  const parent = n < top + middle ? (n - top) % top : top + ((n - top - middle) % middle);
  return [...ancestorsOf(parent), parent];
}

const slugOf = (n: number) => `${(shelves[[...ancestorsOf(n), n][0] ?? 0] ?? "goods").toLowerCase()}-${n}`;

function* categories(plan: SeedPlan): Generator<SeedDocument> {
  for (let n = 0; n < plan.counts.categories; n += 1) {
    const ancestors = ancestorsOf(n);
    const shelf = shelves[ancestors[0] ?? n] ?? "Goods";
    const name = ancestors.length === 0 ? shelf : `${shelf} ${["", "group", "range"][ancestors.length]} ${n}`;
    yield {
      _id: plan.id("category", n),
      name,
      slug: slugOf(n),
      description: `Everything in ${name.toLowerCase()}, from checked suppliers.`,
      parentId: ancestors.length === 0 ? null : plan.id("category", ancestors.at(-1) ?? 0),
      ancestors: ancestors.map((ancestor) => plan.id("category", ancestor)),
      image: `https://res.cloudinary.com/demo/image/upload/category-${n}.jpg`,
      sortOrder: n,
      isActive: true,
      metaTitle: `${name} for business`,
      metaDescription: `Buy ${name.toLowerCase()} at business prices.`,
      ...withOutbox(),
      createdAt: plan.daysAgo(400),
      updatedAt: plan.daysAgo(400),
    };
  }
}

function* stores(plan: SeedPlan): Generator<SeedDocument> {
  for (let n = 0; n < plan.counts.stores; n += 1) {
    const [city, country, longitude, latitude] = cities[n % cities.length] ?? cities[0];
    yield {
      _id: plan.id("store", n),
      name: `${city} warehouse`,
      city,
      country,
      location: { type: "Point", coordinates: [longitude, latitude] },
      isActive: true,
      ...withOutbox(),
      createdAt: plan.daysAgo(400),
      updatedAt: plan.daysAgo(400),
    };
  }
}

/** Units of a product in its two stores. Every twentieth product is sold out. */
function unitsOf(plan: SeedPlan, n: number): [number, number] {
  const random = plan.random("inventory", n);
  return random.chance(5) ? [0, 0] : [random.between(100, 5_000), random.between(0, 500)];
}

function* products(plan: SeedPlan): Generator<SeedDocument> {
  for (let n = 0; n < plan.counts.products; n += 1) {
    const { category, supplier, amount, tiers, ...facts } = plan.product(n);
    const random = plan.random("product", -n - 1);
    const stock = unitsOf(plan, n).reduce((sum, units) => sum + units, 0);
    const createdAt = new Date(plan.daysAgo(390 - (n % 365)).getTime() + (n % 86_400) * 1_000);
    const isIngested = n % 10 === 0;
    yield {
      _id: plan.id("product", n),
      ...facts,
      nameSort: facts.name.toLowerCase(),
      description: `${facts.name} by ${facts.brand}. ${random.pick(["Tested to the norm.", "Ships from stock.", "Made to last.", "Free of lead."])}`,
      categoryId: plan.id("category", category),
      category: slugOf(category),
      categoryPath: [...ancestorsOf(category), category].map((level) => plan.id("category", level)),
      price: { amount, currency: plan.currency },
      ...(random.chance(25) && { originalPrice: { amount: Math.floor(amount * 1.2), currency: plan.currency } }),
      tiers,
      ...(random.chance(30) && { maxQuantity: facts.moq * 1_000 }),
      supplierId: plan.id("user", supplier),
      images: [1, 2].map((view) => `https://res.cloudinary.com/demo/image/upload/product-${n % 500}-${view}.jpg`),
      unit: random.pick(["piece", "box", "kg", "m"]),
      qualityGrade: random.pick(["A", "B", "C"]),
      certifications: random.chance(50) ? ["ISO 9001", random.pick(["CE", "RoHS", "REACH"])] : [],
      leadTime: random.between(1, 30),
      attributes: [
        { key: "colour", value: random.pick(["black", "grey", "red", "blue"]) },
        { key: "weight", value: `${random.between(1, 900)} g` },
      ],
      tags: [random.pick(["new", "classic", "bulk"]), random.pick(["indoor", "outdoor"])],
      ...(isIngested && {
        origin: {
          marketplace: "amazon",
          externalId: `B${String(n).padStart(9, "0")}`,
          url: `https://www.example.com/dp/B${String(n).padStart(9, "0")}`,
          ingestedAt: plan.daysAgo(1),
        },
      }),
      hasOrigin: isIngested,
      stock,
      inStock: stock >= facts.moq,
      ...withOutbox(),
      createdAt,
      updatedAt: new Date(createdAt.getTime() + random.below(20) * 86_400_000),
    };
  }
}

function* inventory(plan: SeedPlan): Generator<SeedDocument> {
  for (let n = 0; n < plan.counts.products; n += 1) {
    const units = unitsOf(plan, n);
    for (const [place, onHand] of units.entries()) {
      const store = (n + place * 5) % plan.counts.stores;
      yield {
        _id: plan.id("inventory", `${n}:${store}`),
        productId: plan.id("product", n),
        storeId: plan.id("store", store),
        onHand,
        reserved: 0,
        available: onHand,
        reservations: [],
        recent: [],
        ...withOutbox(),
        createdAt: plan.daysAgo(390),
        updatedAt: plan.daysAgo(n % 30),
      };
    }
  }
}

function* priceLists(plan: SeedPlan): Generator<SeedDocument> {
  for (let n = 0; n < plan.counts.priceLists; n += 1) {
    yield {
      _id: plan.id("priceList", n),
      name: ["Framework contract", "Key accounts", "Public sector", "Partners"][n] ?? `Price list ${n}`,
      priority: plan.counts.priceLists - n,
      companyIds: Array.from({ length: 5 }, (_, index) => plan.id("company", n * 5 + index)),
      ...withOutbox(),
      createdAt: plan.daysAgo(300),
      updatedAt: plan.daysAgo(300),
    };
  }
}

const entriesPerList = 200;

function* priceListEntries(plan: SeedPlan): Generator<SeedDocument> {
  for (let list = 0; list < plan.counts.priceLists; list += 1) {
    for (let n = 0; n < entriesPerList; n += 1) {
      const product = (list * 331 + n * 7) % plan.counts.products;
      const { amount, moq } = plan.product(product);
      yield {
        _id: plan.id("priceListEntry", `${list}:${product}`),
        priceListId: plan.id("priceList", list),
        productId: plan.id("product", product),
        minimumQuantity: moq,
        price: { amount: Math.floor(amount * 0.85), currency: plan.currency },
        ...withOutbox(),
        createdAt: plan.daysAgo(300),
        updatedAt: plan.daysAgo(300),
      };
    }
  }
}
