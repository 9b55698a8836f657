const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** Seconds out of `90s`, `15m`, `24h` or `7d`. @returns undefined for anything else */
export function readDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,8})([smhd])$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * secondsOf[unit as keyof typeof secondsOf];
}
