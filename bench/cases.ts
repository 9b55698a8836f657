export interface Case {
  name: string;
  /** The document of the nth request. */
  query: (n: number) => string;
}

const page = (after: string) => `query Page {
  products(after: "${after}") { id title description rating reviews { text } available warehouse }
}`;

export const cases: Case[] = [
  { name: "Q1: one fetch, small", query: () => `query Small { product(id: "1") { id title } }` },
  { name: "Q2: three fetches, 2 KB", query: () => page("start") },
  { name: "Q3: as Q2, every document new", query: (n) => page(`c${n}`) },
];
