// The arithmetic of a leaky bucket: what was taken runs out again at an even rate, and what is taken at a time may be as
// much as the bucket is large.

/** How much may be taken. */
export interface Rate {
  /** At once, by who has not taken anything for a while. */
  capacity: number;
  /** Points that come back in a second. */
  perSecond: number;
}

/** What had been taken and was not back yet at a moment. */
export interface Level {
  used: number;
  /** Milliseconds of a clock that never goes back. */
  at: number;
}

export const rateOf = (capacity: number, windowMs: number): Rate => ({
  capacity,
  perSecond: (capacity * 1_000) / windowMs,
});

export const usedAt = ({ used, at }: Level, { perSecond }: Rate, now: number): number =>
  Math.max(0, used - (Math.max(0, now - at) / 1_000) * perSecond);

/** What one of several gateways gives out while they cannot count together. */
export const shareOf = ({ capacity, perSecond }: Rate, instances: number): Rate => ({
  capacity: Math.max(1, capacity / instances),
  perSecond: perSecond / instances,
});

/** Sums of fractions are a little off. */
export const tolerance = 1e-6;

/** Milliseconds until so many points are free; 0 when they are. */
export const waitFor = (cost: number, used: number, { capacity, perSecond }: Rate): number =>
  Math.max(0, ((used + cost - capacity) / perSecond) * 1_000);
