import { describe, expect, it } from "vitest";
import { askedText, createMonolith, viewers } from "../../test/protected-monolith.ts";

const ask = createMonolith();
const pathsOf = ({ errors }: { errors?: readonly { path?: readonly unknown[] | undefined }[] | undefined }) =>
  errors?.map(({ path }) => path?.join("."));

/** A seed with which somebody who may read all gets an answer of this kind. */
async function seedFor(query: string, fits: (data: Record<string, unknown>) => boolean): Promise<string> {
  for (let number = 0; number < 200; number += 1) {
    const { data } = await ask({ query, as: viewers.admin, seed: `seed ${number}` });
    if (data && fits(data)) return `seed ${number}`;
  }
  throw new Error("No seed gives such an answer.");
}
const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : -1);

describe("a field that the caller may not read", () => {
  it("is not asked for, is null in the answer, and has an error that says so", async () => {
    const answer = await ask({ query: "{ open book { id note } }" });
    expect(askedText(answer)).toBe("{ open book { id } }");
    expect(answer.data).toEqual({
      open: expect.anything() as unknown,
      book: { id: expect.anything() as unknown, note: null },
    });
    expect(answer.errors?.map((error) => error.toJSON())).toEqual([
      {
        message: "Unauthorized field or type",
        path: ["book", "note"],
        extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", reason: "UNAUTHENTICATED" },
      },
    ]);
  });

  it("says FORBIDDEN to somebody who is signed in", async () => {
    const answer = await ask({ query: "{ token }", as: viewers.buyer });
    expect(answer.errors?.[0]?.extensions).toEqual({ code: "UNAUTHORIZED_FIELD_OR_TYPE", reason: "FORBIDDEN" });
  });

  it("is found under its response name, at its place in lists", async () => {
    const query = "{ b: books { n: note } }";
    const answer = await ask({ query, seed: await seedFor(query, ({ b }) => lengthOf(b) === 2) });
    expect(pathsOf(answer)).toEqual(["b.0.n", "b.1.n"]);
    expect(answer.data).toEqual({ b: [{ n: null }, { n: null }] });
  });

  it("takes its parents with it as far as they cannot be null", async () => {
    const answer = await ask({ query: "{ open book { id next { price } } }" });
    expect(answer.data).toMatchObject({ book: { next: null } });
    expect(pathsOf(answer)).toEqual(["book.next.price"]);
    expect((await ask({ query: "{ open closed }" })).data).toBeNull();
  });

  it("gives no error where it is not reached, in an empty list or below a null", async () => {
    const query = "{ books { note } book { next { note } } }";
    const seed = await seedFor(
      query,
      ({ books, book }) => lengthOf(books) === 0 && (book as { next: unknown })?.next === null,
    );
    const answer = await ask({ query, seed });
    expect(answer.data).toEqual({ books: [], book: { next: null } });
    expect(answer.errors).toBeUndefined();
  });

  it("costs no fetch when nothing else is asked for", async () => {
    const answer = await ask({ query: "{ report { id } vault { id } mood token }", as: viewers.visitor });
    expect(answer.asked).toBeUndefined();
    expect(answer.data).toEqual({ report: null, vault: null, mood: null, token: null });
    expect(pathsOf(answer)).toEqual(["report", "vault", "mood", "token"]);
  });

  it("leaves its object there, so that its existence is still told", async () => {
    const answer = await ask({ query: "{ book { note } }" });
    expect(askedText(answer)).toBe("{ book { typenameForAuthorization: __typename } }");
    expect(answer.data).toEqual({ book: { note: null } });
  });

  it("is given when another place of the document asks for it in an allowed way", async () => {
    const query = "{ thing { __typename ... on Owned { owner } ... on Toy { owner } } }";
    const seedOf = (name: string) =>
      seedFor(query, ({ thing }) => {
        const found = thing as { __typename: string; owner: unknown } | null;
        return found?.__typename === name && found.owner !== null;
      });
    const toy = await ask({ query, seed: await seedOf("Toy") });
    expect([toy.data?.thing, toy.errors]).toEqual([
      { __typename: "Toy", owner: expect.any(String) as string },
      undefined,
    ]);
    const book = await ask({ query, seed: await seedOf("Book") });
    expect([book.data?.thing, pathsOf(book)]).toEqual([{ __typename: "Book", owner: null }, ["thing.owner"]]);
  });
});

describe("what a demand means", () => {
  it.each([
    ["visitor", "{ mood }", 0],
    ["buyer", "{ mood }", 1],
    ["auditor", "{ report { __typename } }", 0],
    ["reporter", "{ report { __typename } }", 1],
    ["staff", "{ report { __typename } }", 0],
    ["admin", "{ report { __typename } }", 1],
    ["buyer", "{ book { price } }", 0],
    ["supplier", "{ book { price } }", 1],
    ["staff", "{ book { price } }", 1],
    ["supplier", "{ book { token } }", 0],
    ["buyer", "{ vault { id } }", 1],
    ["buyer", "{ vault { gold } }", 0],
  ] as const)("for %s: %s", async (name, query, open) => {
    const { errors } = await ask({ query, as: viewers[name] });
    expect(errors?.length ?? 0).toBe(1 - open);
  });
});

describe("interfaces and unions", () => {
  it("refuse fields of the interface itself when one of its types is closed", async () => {
    const answer = await ask({ query: "{ open thing { id } things { __typename name } }" });
    expect(askedText(answer)).toBe("{ open }");
    expect(pathsOf(answer)).toEqual(["thing", "things"]);
  });

  it("give the open types to a query that names them, and the type of all", async () => {
    const query = "{ things { __typename ... on Book { id } ... on Vault { id } ...T } } fragment T on Toy { id }";
    const answer = await ask({ query });
    expect(askedText(answer)).toContain("... on Book { id }");
    expect(askedText(answer)).not.toContain("Vault");
  });

  it("refuse fields of an interface that one type keeps closed, in fragments on the interface as well", async () => {
    const answer = await ask({
      query: "{ item { ... on Owned { owner } ... on Thing { id } ...O } } fragment O on Owned { owner }",
    });
    expect(askedText(answer)).toBe("{ item { typenameForAuthorization: __typename } }");
  });

  it("give everything to somebody who meets the demands of every type", async () => {
    const answer = await ask({ query: "{ thing { id name } }", as: viewers.buyer });
    expect(askedText(answer)).toBe("{ thing { id name } }");
  });

  it("never tell clients of the type that was asked for in their stead", async () => {
    const answer = await ask({
      query: "{ item { typenameForAuthorization: __typename ... on Vault { id } } }",
    });
    expect(Object.keys(answer.data?.item ?? {})).not.toContain("typenameForAuthorization_");
    expect(askedText(answer)).toContain("typenameForAuthorization_: __typename");
  });
});

describe("what is left", () => {
  it("has neither variables nor fragments that only the refused part used", async () => {
    const query = `query Q($a: Boolean!, $n: Int) { open ...F @include(if: $a) books(first: $n) { price } ...G }
      fragment F on Query { closed } fragment G on Query { book { id } }`;
    const answer = await ask({ query, variables: { a: true, n: 1 } });
    expect(askedText(answer)).toBe(
      "query Q($n: Int) { open books(first: $n) { typenameForAuthorization: __typename } ...G } fragment G on Query { book { id } }",
    );
  });

  it("still has its variables checked, also those that nobody uses any more", async () => {
    const query = "query ($a: Boolean!) { open token @include(if: $a) }";
    const { errors, data } = await ask({ query, variables: { a: "perhaps" } });
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toContain('Variable "$a" got invalid value');
  });

  it("is only the operation that runs", async () => {
    const query = "query A { open token } query B { book { id } }";
    expect(askedText(await ask({ query, operationName: "A" }))).toBe("query A { open }");
    expect(askedText(await ask({ query, operationName: "B" }))).toContain("query B { book { id } }");
  });

  it("keeps introspection, which is no data", async () => {
    const { data } = await ask({
      query: '{ __typename __schema { queryType { name } } __type(name: "Vault") { name } token }',
    });
    expect(data).toMatchObject({
      __typename: "Query",
      __schema: { queryType: { name: "Query" } },
      __type: { name: "Vault" },
      token: null,
    });
  });

  it("keeps the order of mutations and runs the others", async () => {
    const answer = await ask({ query: "mutation { a: open closed { id } audited b: open }" });
    expect(askedText(answer)).toBe("mutation { a: open b: open }");
    expect(Object.keys(answer.data ?? {})).toEqual(["a", "closed", "audited", "b"]);
    expect(pathsOf(answer)).toEqual(["closed", "audited"]);
  });

  it("shares a plan between callers of equal rights, and none between others", async () => {
    const query = "{ open token book { note } }";
    const hashes = await Promise.all(
      [viewers.buyer, viewers.auditor, viewers.visitor, viewers.staff].map(
        async (as) => (await createMonolith()({ query, as })).hash,
      ),
    );
    expect(hashes[0]).toBe(hashes[1]);
    expect(new Set(hashes).size).toBe(3);
  });

  it("is the same for the same caller every time, from memory or not", async () => {
    const query = "{ open token thing { ... on Book { id } } }";
    const [first, second] = [await ask({ query }), await ask({ query })];
    expect(second).toEqual(first);
    expect((await ask({ query, as: viewers.admin })).errors).toBeUndefined();
    expect(await ask({ query })).toEqual(first);
  });
});

describe("@skip and @include", () => {
  const query =
    "query ($yes: Boolean = true, $no: Boolean!) { open a: token @skip(if: $no) b: token @include(if: $no) ... @skip(if: $yes) { c: token } d: token @skip(if: true) }";

  it("decide whether a refused field is asked for at all", async () => {
    const { data, errors } = await ask({ query, variables: { no: false } });
    expect(Object.keys(data ?? {})).toEqual(["open", "a"]);
    expect(pathsOf({ errors })).toEqual(["a"]);
  });

  it("decide so in the mode that rejects", async () => {
    const strict = createMonolith({ reject: true });
    expect(
      (await strict({ query: "query ($no: Boolean!) { open token @include(if: $no) }", variables: { no: false } }))
        .data,
    ).toMatchObject({ open: expect.anything() as unknown });
    const refused = await strict({ query, variables: { no: false } });
    expect(refused).toMatchObject({ data: null, asked: undefined });
    expect(pathsOf(refused)).toEqual(["a"]);
  });
});

describe("configuration", () => {
  it("rejects the whole operation, with every path it refuses", async () => {
    const strict = createMonolith({ reject: true });
    const answer = await strict({
      query: "{ open books { note } ...F } fragment F on Query { book { friends: books { p: price } } }",
    });
    expect(answer).toMatchObject({ data: null, asked: undefined });
    expect(pathsOf(answer)).toEqual(["books.@.note", "book.friends.@.p"]);
    expect((await strict({ query: "{ open }" })).data).toMatchObject({ open: expect.anything() as unknown });
  });

  it("tells it in extensions, or not at all, and notes the code either way", async () => {
    const query = "{ open token }";
    const aside = await createMonolith({ errors: "extensions" })({ query });
    expect(aside.errors).toBeUndefined();
    expect(aside.extensions).toEqual({
      authorizationErrors: [
        {
          message: "Unauthorized field or type",
          path: ["token"],
          extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", reason: "UNAUTHENTICATED" },
        },
      ],
    });
    const silent = await createMonolith({ errors: "disabled" })({ query });
    expect([silent.errors, silent.extensions]).toEqual([undefined, undefined]);
    expect([aside.errorCodes, silent.errorCodes]).toEqual([
      ["UNAUTHORIZED_FIELD_OR_TYPE"],
      ["UNAUTHORIZED_FIELD_OR_TYPE"],
    ]);
  });
});
