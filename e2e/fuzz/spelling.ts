// The same document in other words: what GraphQL ignores, put between its tokens by chance.
import { Lexer, Source, type Token, TokenKind } from "graphql";
import { type Random } from "./random.ts";

/** The text of each token, without what stands between. @throws GraphQLError for text that has no tokens */
export function tokensOf(text: string): string[] {
  const lexer = new Lexer(new Source(text));
  const tokens: string[] = [];
  for (let token: Token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    tokens.push(text.slice(token.start, token.end));
  }
  return tokens;
}

const between = [" ", " ", " ", "\n", ",", "\t", " , ,", "\r\n", "  ", ' # a comment { " }\n', "\ufeff"];

function spellToken(random: Random, token: string): string {
  const isPlain = /^"[A-Za-z0-9 ]*"$/.test(token);
  return isPlain && token.trim() === token && random.chance(0.1) ? `"""${token.slice(1, -1)}"""` : token;
}

/** @returns a document of the same meaning */
export function respell(random: Random, text: string): string {
  if (random.chance(0.4)) return text;
  const wild = random.chance(0.3);
  return tokensOf(text)
    .map((token) => `${spellToken(random, token)}${wild ? random.pick(between) : " "}`)
    .join("");
}
