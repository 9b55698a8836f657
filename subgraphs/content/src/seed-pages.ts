// Texts of the demo shops.

export const seedPages = [
  {
    slug: "about",
    title: "About us",
    body: "## Goods for business\n\nWe bring **suppliers** and **buyers** of one trade together.\n\n- Prices for your company\n- Stock you can see\n- Orders without paper",
    metaDescription: "Who runs this marketplace, and for whom.",
  },
  {
    slug: "imprint",
    title: "Imprint",
    body: "## Imprint\n\nDemo Trading Ltd.\nMarket Square 1\n10115 Sampletown\n\nThis shop is a demonstration; nothing is sold here.",
    metaDescription: "Who is responsible for this shop.",
  },
  {
    slug: "privacy",
    title: "Privacy",
    body: "## What we keep\n\nYour account, your company and your orders, as long as the law demands.\n\n## Your rights\n\nAsk us for a copy, or to be forgotten.",
    metaDescription: "What we keep of you, why, and for how long.",
  },
  {
    slug: "shipping",
    title: "Shipping",
    body: "## Shipping\n\n1. Goods in stock leave the warehouse within two days.\n2. Pallets are announced by the carrier.\n3. Delivery abroad takes up to two weeks.",
    metaDescription: "How long delivery takes, and what it costs.",
  },
  {
    slug: "terms",
    title: "Terms and conditions",
    body: "## Terms\n\nWe sell to businesses only. Prices are net. Goods remain the supplier's until they are paid.",
    metaDescription: "The rules under which we sell.",
  },
] as const;

export const seedSlides = [
  { title: "Fasteners by the pallet", subtitle: "From 100 pieces at tier prices", buttonText: "See prices" },
  { title: "New suppliers this month", subtitle: "Checked, insured, ready to ship", buttonText: "Meet them" },
  { title: "Buy on account", subtitle: "30 days for approved companies", buttonText: "Apply" },
  { title: "Warehouse clearance", subtitle: "Up to a fifth off the list price", buttonText: "Save now" },
  { title: "One order, many sellers", subtitle: "One invoice for all of them", buttonText: "How it works" },
  { title: "Trade fair special", subtitle: "Over since last week", buttonText: "Too late" },
] as const;

export const seedReviewTexts: Record<1 | 2 | 3 | 4 | 5, readonly (readonly [title: string, body: string])[]> = {
  1: [
    ["Not as described", "Half of the delivery did not fit; we sent it back."],
    ["Broken on arrival", "Poorly packed. The replacement took three weeks."],
  ],
  2: [
    ["Disappointing", "Works, but the finish is rough for the price."],
    ["Late and short", "Came late and two boxes were missing."],
  ],
  3: [
    ["Does its job", "Nothing special, nothing wrong."],
    ["Average", "Fine for indoor use; we take another one outdoors."],
  ],
  4: [
    ["Solid", "Good quality, delivery on the day that was promised."],
    ["Would order again", "Fits well. One star less for the packaging."],
    ["Good value", "The tier price makes it worth it."],
  ],
  5: [
    ["Excellent", "Exactly to the norm, every single piece."],
    ["Our standard now", "Third order, and never a complaint from the workshop."],
    ["Perfect", "Well packed, well made, well documented."],
  ],
};
