/** In single quotes nothing but the quote itself means anything to a shell (POSIX 2.2.2). */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A command that sends an operation by its id; the key comes from the environment, so that it is not in the history. */
export function curlOf(url: string, id: string, variables: Record<string, unknown>): string {
  const body = {
    documentId: /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id,
    ...(Object.keys(variables).length > 0 && { variables }),
  };
  return [
    `curl ${quoted(url)}`,
    `--header "x-api-key: $TRADEGRAPH_KEY"`,
    "--header 'content-type: application/json'",
    `--data ${quoted(JSON.stringify(body, null, 2))}`,
  ].join(" \\\n  ");
}
