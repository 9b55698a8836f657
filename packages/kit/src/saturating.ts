// Arithmetic that ends at a largest number: a hostile document would otherwise reach infinity, and 0 times that is no
// number at all.

/** Whatever is larger counts as this. */
export const largest = Number.MAX_SAFE_INTEGER;

export const plus = (one: number, other: number): number => Math.min(one + other, largest);
export const times = (one: number, other: number): number => Math.min(one * other, largest);
