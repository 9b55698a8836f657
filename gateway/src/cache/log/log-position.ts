// Ids of the log are "milliseconds-number". As one JavaScript number they fit until 2039, and compare quickly.

/** Entries of one millisecond that have a position of their own; Redis goes on counting when its clock goes back. */
const perMillisecond = 4_096;
const last = perMillisecond - 1;

function partsOf(id: string): [milliseconds: number, number: number] {
  const [milliseconds = "", number = "0"] = id.split("-");
  return [Number(milliseconds), Number(number)];
}

/** Below zero when `left` is the earlier id. */
export function compareIds(left: string, right: string): number {
  const [leftTime, leftNumber] = partsOf(left);
  const [rightTime, rightNumber] = partsOf(right);
  return leftTime - rightTime || leftNumber - rightNumber;
}

/** Where an entry changed something. Rounded up: it is never before what {@link reachedPosition} says of an earlier id. */
export function changePosition(id: string): number {
  const [milliseconds, number] = partsOf(id);
  return milliseconds * perMillisecond + Math.min(number, last);
}

/**
 * How far somebody is who has applied an id. Rounded down: entries without a position of their own count as not applied,
 * so what was kept between them is fetched again.
 */
export function reachedPosition(id: string): number {
  const [milliseconds, number] = partsOf(id);
  return milliseconds * perMillisecond + (number < last ? number : last - 1);
}

/**
 * Whether what was asked for at one position knows everything that had been applied at another. Equal ones that were
 * rounded do not tell.
 */
export const isAsRecent = (position: number, other: number): boolean =>
  position > other || (position === other && position % perMillisecond < last - 1);
