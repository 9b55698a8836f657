// Which gateways have gone without a word. No clocks are compared: a member raises its number at each beat, and one whose
// number has stood still for a while by the watch of this gateway is gone.

/** A member and the number it stood still at. */
export type GoneMember = readonly [member: string, beat: string];

export interface MemberWatch {
  /**
   * @param beats number of each member
   * @param times when these were asked for, and when they came
   * @returns who may be taken out, as long as the number is still the same
   */
  observe: (beats: ReadonlyMap<string, string>, times: { sentAt: number; answeredAt: number }) => GoneMember[];
}

/** @param silenceMs longer than any lease */
export function watchMembers(silenceMs: number): MemberWatch {
  let seen = new Map<string, { beat: string; since: number }>();
  return {
    observe(beats, { sentAt, answeredAt }) {
      const before = seen;
      seen = new Map();
      for (const [member, beat] of beats) {
        const known = before.get(member);
        seen.set(member, known?.beat === beat ? known : { beat, since: answeredAt });
      }
      // The number stood at least from the answer that first had it to the question that last had it.
      const gone = [...seen].filter(([, { since }]) => sentAt - since >= silenceMs);
      return gone.map(([member, { beat }]) => [member, beat] as const);
    },
  };
}
