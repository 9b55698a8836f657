/** One line of JSON, as CloudWatch Logs Insights reads it. Never pass secrets. */
export const log = (message: string, details: Record<string, unknown> = {}): void => {
  process.stdout.write(`${JSON.stringify({ message, ...details })}\n`);
};
