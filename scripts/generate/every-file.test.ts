import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { subgraphs } from "../../services.ts";
import { generateFiles } from "./every-file.ts";

const root = resolve(import.meta.dirname, "../..");

it("names every committed operation that a change of the schema breaks", { timeout: 60_000 }, async () => {
  const sources = await Promise.all(
    subgraphs.map(async ({ name }) => {
      const sdl = await readFile(resolve(root, `schema/subgraphs/${name}.graphql`), "utf8");
      return {
        name,
        url: `http://${name}.invalid/graphql`,
        sdl: sdl.replaceAll(/^ {2}(metaTitle|rating): /gm, "  $1Now: "),
      };
    }),
  );
  const error = await generateFiles(root, sources).then(() => "nothing", String);
  expect(error).toContain("Operations cannot be used");
  expect(error).toMatch(/- storefront: CategoryPage \(.*CategoryPage\.graphql\): Cannot query field "metaTitle"/);
  expect(error).toMatch(/- storefront: ProductReviews \(.*ProductReviews\.graphql\): Cannot query field "rating"/);
});
