// What every plugin of the CLI does: say its port on the first line, and end when the CLI does.

/** For grpc's `bindAsync`: writes the port where the CLI reads it. */
export function announce(error: Error | null, port: number): void {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
}

/** Calls `stop` on signals and at the end of stdin: the CLI holds it open, so its end is the CLI's, however it ended. */
export function endWithTheCli(stop: () => void): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
  process.stdin.on("end", stop).on("error", stop).resume();
}
