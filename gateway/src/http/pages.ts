// Pages for people: Apollo Sandbox, which its vendor serves, and GraphiQL, which needs no network.
import { createHash, randomBytes } from "node:crypto";
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import { notForCaches } from "../cache/response/cache-headers.ts";
import { graphqlPath } from "./graphql.ts";
import { pageHeaders, setFixedHeaders } from "./security-headers.ts";
import { type Exchange, type HttpStep } from "./steps.ts";

export type Page = "sandbox" | "graphiql";

const defaultQuery = `# Run with Ctrl-Enter. The Docs button on the left shows the whole graph.
query Start {
  __typename
}
`;

const sandboxScripts = "https://embeddable-sandbox.cdn.apollographql.com";

/** Lets in nothing but what is named. */
export const contentPolicy = (directives: Record<string, string>) =>
  Object.entries({
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    ...directives,
  })
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");

/** @param other status, and headers instead of the usual ones */
export function sendHtml(
  { response }: Exchange,
  html: string | Buffer,
  csp: string,
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): void {
  setFixedHeaders(response, pageHeaders);
  response
    .writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      "content-length": Buffer.byteLength(html),
      "content-security-policy": csp,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      // Fastly heeds nothing else than `private`.
      "cache-control": "private, no-cache",
      ...headers,
    })
    .end(html);
}

/** The embedded Sandbox; requests to the graph are sent by our own page, so only `'self'` may be connected to. */
function sandboxHtml(nonce: string): string {
  const config = { target: "#sandbox", runTelemetry: false, initialState: { document: defaultQuery } };
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Tradegraph · Sandbox</title>
    <style nonce="${nonce}">
      body { margin: 0; font-family: sans-serif }
      #sandbox, iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0 }
    </style>
  </head>
  <body>
    <div id="sandbox"><p>Apollo Sandbox is loaded from its vendor. Without Internet use <a href="/graphiql">GraphiQL</a>.</p></div>
    <script nonce="${nonce}" src="${sandboxScripts}/v2/embeddable-sandbox.umd.production.min.js"></script>
    <script nonce="${nonce}">
      window.EmbeddedSandbox && new window.EmbeddedSandbox({
        ...${JSON.stringify(config)},
        allowDynamicStyles: false,
        initialEndpoint: new URL(${JSON.stringify(graphqlPath)}, location.href).href,
      });
    </script>
  </body>
</html>
`;
}

export function sandboxPage(exchange: Exchange): void {
  const nonce = randomBytes(16).toString("base64");
  sendHtml(
    exchange,
    sandboxHtml(nonce),
    contentPolicy({
      "script-src": `'nonce-${nonce}' ${sandboxScripts}`,
      "style-src": `'nonce-${nonce}' ${sandboxScripts}`,
      "img-src": "data: https://apollo-server-landing-page.cdn.apollographql.com",
      "frame-src": "https://sandbox.embed.apollographql.com",
      "connect-src": "'self'",
    }),
  );
}

/** Made when first asked for: it is 9 MB, and most gateways never show it. */
let graphiql: { html: Buffer; csp: string } | undefined;

function renderPage(): { html: Buffer; csp: string } {
  const html = renderGraphiQL({
    title: "Tradegraph",
    endpoint: graphqlPath,
    defaultQuery,
    // Tokens are typed there; they must not outlive the tab.
    shouldPersistHeaders: false,
  });
  const start = html.lastIndexOf("<script>\n        function prepareBlob") + "<script>".length;
  const script = html.slice(start, html.lastIndexOf("</script>"));
  const hash = createHash("sha256").update(script).digest("base64");
  return {
    html: Buffer.from(html),
    csp: contentPolicy({
      "script-src": `'sha256-${hash}' blob:`,
      "worker-src": "blob:",
      // The editor sets styles at run time.
      "style-src": "'unsafe-inline'",
      "img-src": "'self' data:",
      "font-src": "data:",
      "connect-src": "'self'",
    }),
  };
}

export function graphiqlPage(exchange: Exchange): void {
  graphiql ??= renderPage();
  sendHtml(exchange, graphiql.html, graphiql.csp);
}

/** Sends people who open the endpoint in a browser to a page where they can ask something. */
export function showPageToBrowsers(pages: readonly Page[]): HttpStep {
  const location = pages.includes("graphiql") ? "/graphiql" : "/";
  return ({ request, response, headers, path, search }, next) => {
    const asked = new URLSearchParams(search);
    const opened =
      request.method === "GET" &&
      path === graphqlPath &&
      !["query", "documentId", "extensions"].some((name) => asked.has(name));
    if (pages.length === 0 || !opened || !headers.accept?.includes("text/html")) return next();
    response.writeHead(302, { location, "content-length": 0, "cache-control": notForCaches }).end();
  };
}

/** Routes of the pages that are switched on. */
export function pageRoutes(pages: readonly Page[]): Record<string, (exchange: Exchange) => void> {
  return {
    ...(pages.includes("sandbox") && { "/": sandboxPage }),
    ...(pages.includes("graphiql") && { "/graphiql": graphiqlPage }),
  };
}
