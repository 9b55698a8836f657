// Pieces of the partner's page. What they are given is text, but for cells of tables, which are HTML.
import { escaped } from "../http/html.ts";

export const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** @param what for people who do not see it */
export const codeBlock = (text: string, what: string): string =>
  `<pre tabindex="0" role="group" aria-label="${escaped(what)}"><code>${escaped(text)}</code></pre>`;

/** The same for lines that are copied whole and read at a glance: long ones go on below. */
export const commandBlock = (text: string, what: string): string =>
  codeBlock(text, what).replace("<pre ", '<pre class="wrap" ');

export interface Column {
  head: string;
  /** Class of its cells. */
  kind?: string;
}

/** @param rows cells as HTML; the first of each names its row */
export function table(what: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const classOf = (at: number) => (columns[at]?.kind === undefined ? "" : ` class="${columns[at].kind}"`);
  const heads = columns.map(({ head }, at) => `<th scope="col"${classOf(at)}>${escaped(head)}</th>`).join("");
  const cell = (html: string, at: number) =>
    at === 0 ? `<th scope="row"${classOf(at)}>${html}</th>` : `<td${classOf(at)}>${html}</td>`;
  const body = rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n");
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escaped(what)}"><table>
<thead><tr>${heads}</tr></thead>
<tbody>
${body}
</tbody></table></div>`;
}

/** @param time ISO 8601 */
export const day = (time: string | null | undefined): string =>
  time == null ? "" : `<time datetime="${escaped(time)}">${escaped(time.slice(0, 10))}</time>`;
