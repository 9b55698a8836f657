import { escaped } from "../http/html.ts";
import { curlOf } from "./curl.ts";
import { type DescribedVariable } from "./described-operation.ts";
import { codeBlock, commandBlock, grouped, table } from "./html-parts.ts";
import { type ShownOperation } from "./partner-facts.ts";

/** @param anchor id of the section, unique on the page */
export function operationSection(operation: ShownOperation, anchor: string, url: string): string {
  const { id, name, type, cost, versions, variables, inputTypes, exampleVariables, exampleAnswer, text } = operation;
  return `<article id="${escaped(anchor)}" aria-labelledby="${escaped(anchor)}-name">
<div class="head"><h3 id="${escaped(anchor)}-name">${escaped(name)}</h3>
<span class="tag ${type}">${type}</span>${cost === undefined ? "" : `<span class="tag">costs up to ${points(cost)}</span>`}${versions.map((version) => `<span class="tag">${escaped(version)}</span>`).join("")}</div>
<p class="id">Id <code>${escaped(id)}</code></p>
${notes("problem", "It no longer fits the graph and is answered with errors:", operation.faults)}
${notes("warning", "It asks for what will go:", operation.deprecations)}
<h4>Variables</h4>
${variables.length === 0 ? '<p class="quiet">None.</p>' : table(`Variables of ${name}`, variableColumns, variables.map(variableRow))}
${inputTypes === "" ? "" : details("Types of the variables", inputTypes, `Types of the variables of ${name}`)}
${
  operation.faults.length > 0
    ? ""
    : `<h4>Call</h4>
${commandBlock(curlOf(url, id, exampleVariables), `Call of ${name}`)}
${exampleAnswer === undefined ? "" : `<h4>Example answer</h4>\n${codeBlock(JSON.stringify(exampleAnswer, null, 2), `Example answer of ${name}`)}`}`
}
${details("What it asks for", text, `Text of ${name}`)}
</article>`;
}

const details = (summary: string, text: string, what: string) =>
  `<details><summary>${summary}</summary>\n${codeBlock(text, what)}\n</details>`;

const points = (count: number) => `${grouped.format(count)} ${count === 1 ? "point" : "points"}`;

const notes = (kind: "problem" | "warning", what: string, messages: readonly string[]): string =>
  messages.length === 0
    ? ""
    : `<div class="${kind}"><p>${what}</p><ul>${messages.map((message) => `<li>${escaped(message)}</li>`).join("")}</ul></div>`;

const variableColumns = [{ head: "Name" }, { head: "Type" }, { head: "Sent" }];

const variableRow = ({ name, type, isRequired, defaultValue }: DescribedVariable) => [
  `<code>${escaped(name)}</code>`,
  `<code>${escaped(type)}</code>`,
  isRequired
    ? "always"
    : defaultValue === undefined
      ? "if wanted"
      : `<code>${escaped(defaultValue)}</code> unless sent`,
];
