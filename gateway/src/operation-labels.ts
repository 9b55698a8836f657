/** Names that become labels of their own; callers invent names, and every label costs memory for ever. */
const maxNames = 200;

/** @param valid whether the operation is one that can be answered; others make no label. @returns the value of a label */
export type OperationLabel = (name: string | undefined, valid: boolean) => string;

/** Anonymous and surplus operations share a label each. */
export function createOperationLabels(): OperationLabel {
  const known = new Set<string>();
  return (name, valid) => {
    if (name === undefined) return "anonymous";
    if (known.has(name)) return name;
    if (!valid || known.size >= maxNames) return "other";
    known.add(name);
    return name;
  };
}
