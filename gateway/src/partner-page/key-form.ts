import { escaped } from "../http/html.ts";
import { pageFrame } from "./page-frame.ts";

/** Asks for a key. @param problem with what was sent before */
export const keyForm = (problem?: string): string =>
  pageFrame(
    problem === undefined ? "Partner page" : "Problem · Partner page",
    `<main class="ask"><p class="brand">Tradegraph</p><h1>Partner page</h1>
<p>Your operations with examples, your limits and what is left of your quota. Show it with one of your API keys, which is
sent to this server alone and not kept.</p>
${problem === undefined ? "" : `<p class="problem" role="alert" id="problem">${escaped(problem)}</p>`}
<form method="post" action="/partner">
<label for="key">API key</label>
<input id="key" name="key" type="password" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="200" required autofocus${problem === undefined ? "" : ` aria-describedby="problem"`}>
<button>Show</button>
</form>
<p class="quiet">Programs get the same page with <code>GET /partner</code> and the header <code>x-api-key</code>. Never put a
key into an address.</p>
</main>`,
  );
