/** An audit record of one request, or one that several share, which differ in nothing else. */
interface Shared {
  eventId: string;
  requestIds?: readonly string[] | null | undefined;
}

/**
 * The records that it stands for. Their names are made of its own and their places, so whoever has some of them already
 * knows them again.
 */
export const recordOfEachRequest = <T extends Shared>({ requestIds, ...record }: T) =>
  requestIds?.map((requestId, place) => ({ ...record, eventId: `${record.eventId}-${place}`, requestId })) ?? [record];
